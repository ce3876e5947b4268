package dev.penstock.spring.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives HikariCP's meters the names of OpenTelemetry's semantic conventions for database clients. They are the same
 * meters: nothing is measured twice. The total goes, for the conventions have it as the sum over the states.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/database/database-metrics/">the conventions</a>
 */
final class OpenTelemetryNames implements MeterFilter {
    private static final String HIKARI = "hikaricp.connections";
    private static final String OPEN_TELEMETRY = "db.client.connection.";
    private static final String POOL = OPEN_TELEMETRY + "pool.name";
    private static final String STATE = OPEN_TELEMETRY + "state";

    /**
     * What a meter is called.
     *
     * @param name after {@code db.client.connection.}
     * @param state of the connections that it counts; null if it does not count connections
     */
    record Name(String name, @Nullable String state) {}

    /** By what HikariCP calls them after its prefix. */
    static final Map<String, Name> NAMES = Map.of(
            "active", new Name("count", "used"),
            "idle", new Name("count", "idle"),
            "max", new Name("max", null),
            "min", new Name("idle.min", null),
            "pending", new Name("pending_requests", null),
            "timeout", new Name("timeouts", null),
            "creation", new Name("create_time", null),
            "acquire", new Name("wait_time", null),
            "usage", new Name("use_time", null));

    @Override
    public MeterFilterReply accept(Meter.Id id) {
        return id.getName().equals(HIKARI) ? MeterFilterReply.DENY : MeterFilterReply.NEUTRAL;
    }

    @Override
    public Meter.Id map(Meter.Id id) {
        Name name =
                id.getName().startsWith(HIKARI + ".") ? NAMES.get(id.getName().substring(HIKARI.length() + 1)) : null;
        return name == null ? id : id.withName(OPEN_TELEMETRY + name.name).replaceTags(tags(id.getTags(), name.state));
    }

    private static Tags tags(List<Tag> hikaris, @Nullable String state) {
        Tags tags = Tags.of(hikaris.stream()
                .map(tag -> tag.getKey().equals("pool") ? Tag.of(POOL, tag.getValue()) : tag)
                .toList());
        return state == null ? tags : tags.and(STATE, state);
    }
}
