package dev.penstock.spring.settings;

import dev.penstock.spring.settings.source.Properties;
import dev.penstock.spring.settings.source.Property;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * What is set for the starter itself, and not for one pool or another.
 *
 * @param include names of the DataSource beans that it looks after; empty: all
 * @param exclude names of those that it does not
 * @param degradedStatus whether a degraded pool has a status of its own instead of UP
 * @param metrics whether meters are bound
 * @param openTelemetryNames whether HikariCP's meters have OpenTelemetry's names
 * @param holdTimeSites {@link dev.penstock.metrics.PenstockMetrics#holdTimes}; zero: off
 * @param observation whether each borrow is an Observation
 * @param events whether events are published to the application
 * @param eventsPerMinute at most, of one kind and pool
 */
public record StarterSettings(
        Set<String> include,
        Set<String> exclude,
        boolean degradedStatus,
        boolean metrics,
        boolean openTelemetryNames,
        int holdTimeSites,
        boolean observation,
        boolean events,
        int eventsPerMinute) {
    private static final int MOST_SITES = 1000;
    private static final int MOST_EVENTS = 6000;

    /** What they are called. */
    enum Key {
        INCLUDE("include"),
        EXCLUDE("exclude"),
        DEGRADED_STATUS("health.degraded-status"),
        METRICS("metrics.enabled"),
        OPEN_TELEMETRY_NAMES("metrics.opentelemetry-names"),
        HOLD_TIME_SITES("metrics.hold-time-sites"),
        OBSERVATION("observation.enabled"),
        EVENTS("events.enabled"),
        EVENTS_PER_MINUTE("events.per-minute");

        private final String name;

        Key(String name) {
            this.name = name;
        }

        /** Below {@code penstock}. */
        ConfigurationPropertyName belowPenstock() {
            return ConfigurationPropertyName.of(name);
        }
    }

    /** Names below {@code penstock}. */
    static List<ConfigurationPropertyName> names() {
        return Arrays.stream(Key.values()).map(Key::belowPenstock).toList();
    }

    /** Names of those that may be lists. */
    static List<ConfigurationPropertyName> lists() {
        return List.of(Key.INCLUDE.belowPenstock(), Key.EXCLUDE.belowPenstock());
    }

    static StarterSettings of(Properties properties) {
        Reader read = new Reader(properties);
        return new StarterSettings(
                read.get(Key.INCLUDE, Texts::names, Set.of()),
                read.get(Key.EXCLUDE, Texts::names, Set.of()),
                read.get(Key.DEGRADED_STATUS, Texts::bool, false),
                read.get(Key.METRICS, Texts::bool, true),
                read.get(Key.OPEN_TELEMETRY_NAMES, Texts::bool, false),
                read.get(Key.HOLD_TIME_SITES, text -> Texts.number(text, 0, MOST_SITES), 0),
                read.get(Key.OBSERVATION, Texts::bool, false),
                read.get(Key.EVENTS, Texts::bool, true),
                read.get(Key.EVENTS_PER_MINUTE, text -> Texts.number(text, 1, MOST_EVENTS), 10));
    }

    private record Reader(Properties properties) {
        <T> T get(Key key, Function<Property, T> parse, T otherwise) {
            return properties
                    .findList(Named.PENSTOCK.append(key.belowPenstock()))
                    .map(parse)
                    .orElse(otherwise);
        }
    }

    /** Copies the sets. */
    public StarterSettings {
        include = Collections.unmodifiableSet(new TreeSet<>(include));
        exclude = Collections.unmodifiableSet(new TreeSet<>(exclude));
    }
}
