package dev.penstock.spring.settings.plan;

import dev.penstock.spring.settings.source.Dashed;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/** What the fields of a plan are called; the first element of a list stands for all. */
public final class PlanFields {
    private static final Set<ConfigurationPropertyName> ALL = Stream.of(
                    "server.maxConnections",
                    "server.superuserReserved",
                    "server.reserved",
                    "server.roleLimit",
                    "server.databaseLimit",
                    "server.others",
                    "server.headroom.migrations",
                    "server.headroom.monitoring",
                    "server.headroom.people",
                    "server.memory.forConnections",
                    "server.memory.perConnection",
                    "services[0].name",
                    "services[0].replicas",
                    "services[0].replicas.steady",
                    "services[0].replicas.maximum",
                    "services[0].rollout",
                    "services[0].pools",
                    "services[0].poolSize",
                    "services[0].threads",
                    "services[0].connectionsPerThread",
                    "services[0].share.weight",
                    "services[0].share.priority",
                    "services[0].share.most",
                    "services[0].via",
                    "tiers[0].name",
                    "tiers[0].instances",
                    "tiers[0].rollout",
                    "tiers[0].databases",
                    "tiers[0].usersPerDatabase",
                    "tiers[0].defaultPoolSize",
                    "tiers[0].reservePoolSize",
                    "tiers[0].maxDbConnections",
                    "tiers[0].maxClientConn",
                    "clients[0].name",
                    "clients[0].connections",
                    "clients[0].via",
                    "thresholds.steady",
                    "thresholds.rollout",
                    "rolloutsAtOnce")
            .map(field -> ConfigurationPropertyName.of(Dashed.of(field)))
            .collect(Collectors.toCollection(LinkedHashSet::new));

    private PlanFields() {}

    /** All of them, in the order of docs/budget.md. */
    public static Set<ConfigurationPropertyName> all() {
        return ALL;
    }

    /** Whether it is one of them, of any element of a list. */
    public static boolean contains(ConfigurationPropertyName field) {
        return ALL.stream().anyMatch(known -> isOneOf(known, field));
    }

    /** Element by element: what somebody calls a field need not be a name that Spring would make. */
    private static boolean isOneOf(ConfigurationPropertyName known, ConfigurationPropertyName field) {
        return known.getNumberOfElements() == field.getNumberOfElements()
                && IntStream.range(0, known.getNumberOfElements())
                        .allMatch(i -> known.isNumericIndex(i)
                                ? field.isNumericIndex(i)
                                : known.getElement(i, Form.UNIFORM).equals(field.getElement(i, Form.UNIFORM)));
    }
}
