package dev.penstock.spring.monitoring;

import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.spring.metrics.Contexts;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/**
 * What Prometheus gets of an application with the starter: names, and of each the labels with their values.
 *
 * @param metrics values by label by name
 */
record Scrape(Map<String, Map<String, Set<String>>> metrics) {
    private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-z_]+)(?:\\{([^}]*)})? ");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"([^\"]*)\"");

    /** What Prometheus adds itself. */
    private static final Map<String, Set<String>> OF_EVERY_TARGET =
            Map.of("job", Set.of("shop"), "instance", Set.of("a:8080"));

    /** What is used of postgres_exporter, which is none of ours. */
    private static final Map<String, Set<String>> OF_POSTGRES_EXPORTER = Map.of(
            "pg_stat_activity_count", Set.of("server", "datname", "state"),
            "pg_settings_max_connections", Set.of("server"));

    /** Of one that has borrowed once, with the histogram that the alerts ask for. */
    static Scrape ofApplication(PostgresServer postgres) {
        AtomicReference<String> text = new AtomicReference<>();
        Contexts.withoutRegistry(postgres)
                .withBean(PrometheusMeterRegistry.class, () -> new PrometheusMeterRegistry(PrometheusConfig.DEFAULT))
                .withPropertyValues(
                        "management.metrics.distribution.percentiles-histogram.hikaricp.connections.acquire=true")
                .run(context -> {
                    context.getBean(DataSource.class).getConnection().close();
                    text.set(context.getBean(PrometheusMeterRegistry.class).scrape());
                });
        return new Scrape(parse(text.get()));
    }

    private static Map<String, Map<String, Set<String>>> parse(String text) {
        Map<String, Map<String, Set<String>>> metrics = new TreeMap<>();
        OF_POSTGRES_EXPORTER.forEach((name, labels) -> {
            Map<String, Set<String>> known = metrics.computeIfAbsent(name, fresh -> new HashMap<>(OF_EVERY_TARGET));
            labels.forEach(label -> known.put(label, Set.of()));
        });
        Matcher samples = SAMPLE.matcher(text);
        while (samples.find()) {
            Map<String, Set<String>> labels =
                    metrics.computeIfAbsent(samples.group(1), fresh -> new HashMap<>(OF_EVERY_TARGET));
            LABEL.matcher(samples.group(2) == null ? "" : samples.group(2))
                    .results()
                    .forEach(label -> labels.computeIfAbsent(label.group(1), fresh -> new TreeSet<>())
                            .add(label.group(2)));
        }
        return metrics;
    }
}
