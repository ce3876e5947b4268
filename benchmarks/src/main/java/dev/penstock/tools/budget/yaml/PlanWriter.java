package dev.penstock.tools.budget.yaml;

import dev.penstock.budget.BouncerTier;
import dev.penstock.budget.FixedClients;
import dev.penstock.budget.Headroom;
import dev.penstock.budget.Memory;
import dev.penstock.budget.Plan;
import dev.penstock.budget.Replicas;
import dev.penstock.budget.Rollout;
import dev.penstock.budget.ServerLimits;
import dev.penstock.budget.Service;
import dev.penstock.budget.Share;
import dev.penstock.budget.Thresholds;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** From a plan to YAML. */
final class PlanWriter {
    /** Fields in the order in which they are put in. */
    private static final class Fields {
        private final Map<String, Object> fields = new LinkedHashMap<>();

        Fields put(String field, Object value) {
            fields.put(field, value);
            return this;
        }

        /** Leaves it out where the reader would come to the same. */
        Fields put(String field, @Nullable Object value, @Nullable Object otherwise) {
            return value == null || value.equals(otherwise) ? this : put(field, value);
        }

        /** Leaves an empty one out. */
        Fields put(String field, List<?> list) {
            return list.isEmpty() ? this : put(field, (Object) list);
        }

        Fields put(String field, Fields part) {
            return part.fields.isEmpty() ? this : put(field, (Object) part.fields);
        }
    }

    private PlanWriter() {}

    static String write(Plan plan) {
        return Yaml.write(new Fields()
                .put("server", server(plan.server()))
                .put(
                        "services",
                        plan.services().stream().map(PlanWriter::service).toList())
                .put("tiers", plan.tiers().stream().map(PlanWriter::tier).toList())
                .put("clients", plan.clients().stream().map(PlanWriter::client).toList())
                .put("thresholds", thresholds(plan.thresholds()))
                .put("rolloutsAtOnce", plan.rolloutsAtOnce(), Plan.ALL_AT_ONCE)
                .fields);
    }

    private static Fields server(ServerLimits server) {
        ServerLimits defaults = Schema.SERVER_DEFAULTS;
        Memory memory = server.memory();
        Fields fields = new Fields()
                .put("maxConnections", server.maxConnections())
                .put("superuserReserved", server.superuserReserved(), defaults.superuserReserved())
                .put("reserved", server.reserved(), defaults.reserved())
                .put("roleLimit", server.roleLimit(), ServerLimits.NO_LIMIT)
                .put("databaseLimit", server.databaseLimit(), ServerLimits.NO_LIMIT)
                .put("others", server.others(), defaults.others())
                .put("headroom", headroom(server.headroom()));
        return memory == null ? fields : fields.put("memory", memory(memory));
    }

    private static Fields headroom(Headroom headroom) {
        return new Fields()
                .put("migrations", headroom.migrations(), Headroom.NONE.migrations())
                .put("monitoring", headroom.monitoring(), Headroom.NONE.monitoring())
                .put("people", headroom.people(), Headroom.NONE.people());
    }

    private static Fields memory(Memory memory) {
        return new Fields()
                .put("forConnections", memory.forConnections())
                .put("perConnection", memory.perConnection(), Memory.USUAL_PER_CONNECTION);
    }

    private static Map<String, Object> service(Service service) {
        Service defaults = Schema.SERVICE_DEFAULTS;
        Fields fields = new Fields()
                .put("name", service.name())
                .put("replicas", replicas(service.replicas()))
                .put("rollout", rollout(service.rollout()), rollout(defaults.rollout()))
                .put("pools", service.pools(), defaults.pools())
                .put("poolSize", service.poolSize());
        if (!service.threads().equals(defaults.threads())) { // both or neither
            fields.put("threads", service.threads().threads())
                    .put("connectionsPerThread", service.threads().connectionsPerThread());
        }
        return fields.put("share", share(service.share())).put("via", service.via(), null).fields;
    }

    private static Object replicas(Replicas replicas) {
        return replicas.steady() == replicas.maximum()
                ? replicas.maximum()
                : new Fields().put("steady", replicas.steady()).put("maximum", replicas.maximum()).fields;
    }

    private static Object rollout(Rollout rollout) {
        return rollout.kind() == Rollout.Kind.COUNT ? rollout.amount() : rollout.toString();
    }

    private static Fields share(Share share) {
        return new Fields()
                .put("weight", share.weight(), Share.EVEN.weight())
                .put("priority", share.priority(), Share.EVEN.priority())
                .put("most", share.most(), Share.EVEN.most());
    }

    private static Map<String, Object> tier(BouncerTier tier) {
        BouncerTier defaults = Schema.TIER_DEFAULTS;
        return new Fields()
                .put("name", tier.name())
                .put("instances", tier.instances(), defaults.instances())
                .put("rollout", rollout(tier.rollout()), rollout(defaults.rollout()))
                .put("databases", tier.databases(), defaults.databases())
                .put("usersPerDatabase", tier.usersPerDatabase(), defaults.usersPerDatabase())
                .put("defaultPoolSize", tier.defaultPoolSize(), defaults.defaultPoolSize())
                .put("reservePoolSize", tier.reservePoolSize(), defaults.reservePoolSize())
                .put("maxDbConnections", tier.maxDbConnections(), defaults.maxDbConnections())
                .put("maxClientConn", tier.maxClientConn(), defaults.maxClientConn())
                .fields;
    }

    private static Map<String, Object> client(FixedClients client) {
        return new Fields()
                .put("name", client.name())
                .put("connections", client.connections())
                .put("via", client.via(), null)
                .fields;
    }

    private static Fields thresholds(Thresholds thresholds) {
        return new Fields()
                .put("steady", thresholds.steady(), Thresholds.USUAL.steady())
                .put("rollout", thresholds.rollout(), Thresholds.USUAL.rollout());
    }
}
