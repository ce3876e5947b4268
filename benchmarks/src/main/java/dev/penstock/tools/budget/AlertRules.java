package dev.penstock.tools.budget;

import dev.penstock.budget.Plan;
import dev.penstock.budget.Service;
import dev.penstock.tools.budget.yaml.Yaml;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Alerting rules for Prometheus, with a plan's numbers in them.
 *
 * @param serviceLabel label of HikariCP's metrics that has the name of the service
 */
record AlertRules(String serviceLabel) {
    /** Of a pool; more than that is held for so long only if requests pile up. */
    private static final int PERCENT_OF_POOL = 70;

    private static final List<String> ABOUT_SERVER = List.of(
            "# These need postgres_exporter (prometheus-community) as a role with pg_monitor: sessions of which it may not see",
            "# the state are not in pg_stat_activity_count. If this Prometheus has more servers than the one of the plan,",
            "# add a label of it to each expression, such as pg_stat_activity_count{server=\"db1:5432\"}.");

    private static final List<String> ABOUT_POOLS = List.of(
            "# These need HikariCP's Micrometer metrics in each service (with Spring Boot: actuator and",
            "# micrometer-registry-prometheus), and the label %s with the name of the service as in the plan (with Spring",
            "# Boot: management.metrics.tags.%s). They hold for each pool by itself.");

    /** A file of rules. */
    List<String> of(Plan plan) {
        List<String> lines = new ArrayList<>(List.of("groups:"));
        lines.addAll(ABOUT_SERVER);
        lines.addAll(group("penstock-budget-server", server(plan)));
        if (!plan.services().isEmpty()) {
            ABOUT_POOLS.forEach(line -> lines.add(line.replace("%s", serviceLabel)));
            lines.addAll(group(
                    "penstock-budget-pools",
                    plan.services().stream()
                            .flatMap(service -> pool(service).stream())
                            .toList()));
        }
        return lines;
    }

    private static List<String> group(String name, List<Map<String, Object>> rules) {
        Map<String, Object> group = new LinkedHashMap<>();
        group.put("name", name);
        group.put("rules", rules);
        return Yaml.write(List.of(group)).lines().toList();
    }

    private static List<Map<String, Object>> server(Plan plan) {
        int max = plan.server().maxConnections();
        // of the two the larger: a rollout that is as planned is nothing to wake anybody for
        int percent = Math.max(plan.thresholds().steady(), plan.thresholds().rollout());
        long limit = (long) max * percent / 100;
        return List.of(
                rule(
                        "PostgresConnectionsNearLimit",
                        "sum by (instance, server) (pg_stat_activity_count) > " + limit,
                        "2m",
                        Map.of("severity", "warning"),
                        "{{ $value }} connections to PostgreSQL, more than " + limit + ", which is " + percent
                                + "% of max_connections = " + max),
                rule(
                        "PostgresMaxConnectionsNotAsPlanned",
                        "pg_settings_max_connections != " + max,
                        "5m",
                        Map.of("severity", "warning"),
                        "max_connections is {{ $value }}, but the budget counts on " + max));
    }

    private List<Map<String, Object>> pool(Service service) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("severity", "warning");
        labels.put("service", template(service.name()));
        int size = service.poolSize();
        long limit = (long) size * PERCENT_OF_POOL / 100;
        String of = selector(service.name());
        String pool = "pool {{ $labels.pool }} of " + template(service.name());
        return List.of(
                rule(
                        "HikariPoolNearLimit",
                        "hikaricp_connections_active" + of + " > " + limit,
                        "2m",
                        labels,
                        "{{ $value }} connections of " + pool + " are held, more than " + limit + ", which is "
                                + PERCENT_OF_POOL + "% of " + size),
                rule(
                        "HikariPoolWaiters",
                        "hikaricp_connections_pending" + of + " > 0",
                        "1m",
                        labels,
                        "{{ $value }} threads wait for a connection of " + pool),
                rule(
                        "HikariPoolLargerThanPlanned",
                        "hikaricp_connections_max" + of + " > " + size,
                        "5m",
                        labels,
                        pool + " may have {{ $value }} connections, but the budget counts on " + size));
    }

    private static Map<String, Object> rule(
            String alert, String expression, String duration, Map<String, String> labels, String summary) {
        Map<String, Object> rule = new LinkedHashMap<>();
        rule.put("alert", alert);
        rule.put("expr", expression);
        rule.put("for", duration);
        rule.put("labels", labels);
        rule.put("annotations", Map.of("summary", summary));
        return rule;
    }

    /** A string of PromQL. */
    private String selector(String name) {
        return "{" + serviceLabel + "=\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}";
    }

    /** Labels and annotations are templates, in which two braces begin something. */
    private static String template(String name) {
        return name.replace("{{", "{{ \"{{\" }}");
    }
}
