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
import dev.penstock.budget.ThreadUse;
import dev.penstock.budget.Thresholds;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** From the tree to a plan. */
final class PlanReader {
    private final Problems problems;

    PlanReader(Problems problems) {
        this.problems = problems;
    }

    Plan plan(Node root) throws BadPlanException {
        // the plan itself checks names across its parts, and only when there is none missing
        Optional<Plan> plan = Fields.of("", root, Schema.PLAN, problems).flatMap(this::plan);
        if (plan.isEmpty()) {
            throw problems.exception();
        }
        return plan.get();
    }

    private Optional<Plan> plan(Fields fields) {
        ServerLimits server = fields.requiredPart("server", Schema.SERVER_DEFAULTS, this::server);
        List<Service> services = fields.list("services", this::service);
        List<BouncerTier> tiers = fields.list("tiers", this::tier);
        List<FixedClients> clients = fields.list("clients", this::client);
        Thresholds thresholds = fields.part("thresholds", Thresholds.USUAL, this::thresholds);
        int atOnce = fields.number("rolloutsAtOnce", Schema.ALL_AT_ONCE, Plan.ALL_AT_ONCE, Plan.ALL_AT_ONCE);
        return fields.make(() -> new Plan(server, services, tiers, clients, thresholds, atOnce));
    }

    private Optional<ServerLimits> server(String path, Node node) {
        return Fields.of(path, node, Schema.SERVER, problems).flatMap(this::server);
    }

    private Optional<ServerLimits> server(Fields fields) {
        ServerLimits defaults = Schema.SERVER_DEFAULTS;
        int maxConnections = fields.number("maxConnections");
        int superuserReserved = fields.number("superuserReserved", defaults.superuserReserved());
        int reserved = fields.number("reserved", defaults.reserved());
        int roleLimit = limit(fields, "roleLimit");
        int databaseLimit = limit(fields, "databaseLimit");
        int others = fields.number("others", defaults.others());
        Headroom headroom = fields.part("headroom", defaults.headroom(), this::headroom);
        Optional<Memory> memory = fields.optionalPart("memory", this::memory);
        return fields.make(() -> new ServerLimits(
                maxConnections,
                superuserReserved,
                reserved,
                roleLimit,
                databaseLimit,
                others,
                headroom,
                memory.orElse(null)));
    }

    private static int limit(Fields fields, String field) {
        return fields.number(field, Schema.NO_LIMIT, ServerLimits.NO_LIMIT, ServerLimits.NO_LIMIT);
    }

    private Optional<Headroom> headroom(String path, Node node) {
        return Fields.of(path, node, Schema.HEADROOM, problems).flatMap(fields -> {
            int migrations = fields.number("migrations", Headroom.NONE.migrations());
            int monitoring = fields.number("monitoring", Headroom.NONE.monitoring());
            int people = fields.number("people", Headroom.NONE.people());
            return fields.make(() -> new Headroom(migrations, monitoring, people));
        });
    }

    private Optional<Memory> memory(String path, Node node) {
        return Fields.of(path, node, Schema.MEMORY, problems).flatMap(fields -> {
            int forConnections = fields.number("forConnections");
            int perConnection = fields.number("perConnection", Memory.USUAL_PER_CONNECTION);
            return fields.make(() -> new Memory(forConnections, perConnection));
        });
    }

    private Optional<Service> service(String path, Node node) {
        return Fields.of(path, node, Schema.SERVICE, problems).flatMap(this::service);
    }

    private Optional<Service> service(Fields fields) {
        Service defaults = Schema.SERVICE_DEFAULTS;
        String name = fields.text("name");
        Replicas replicas = fields.requiredPart("replicas", defaults.replicas(), this::replicas);
        Rollout rollout = fields.part("rollout", defaults.rollout(), this::rollout);
        int pools = fields.number("pools", defaults.pools());
        int poolSize = fields.number("poolSize");
        int threads = fields.number("threads", defaults.threads().threads());
        int each = fields.number("connectionsPerThread", defaults.threads().connectionsPerThread());
        fields.together("threads", "connectionsPerThread"); // 2 for each of 1 thread would be a floor that deadlocks
        Share share = fields.part("share", defaults.share(), this::share);
        String via = fields.textOrNull("via");
        return fields.make(
                () -> new Service(name, replicas, rollout, pools, poolSize, new ThreadUse(threads, each), share, via));
    }

    private Optional<Replicas> replicas(String path, Node node) {
        if (node instanceof ScalarNode) {
            return Fields.ofNumber(path, node, problems, Replicas::of);
        }
        return Fields.of(path, node, Schema.REPLICAS, problems).flatMap(fields -> {
            int steady = fields.number("steady");
            int maximum = fields.number("maximum");
            return fields.make(() -> new Replicas(steady, maximum));
        });
    }

    private Optional<Rollout> rollout(String path, Node node) {
        return Fields.ofText(path, node, problems, Rollout::parse);
    }

    private Optional<Share> share(String path, Node node) {
        return Fields.of(path, node, Schema.SHARE, problems).flatMap(fields -> {
            int weight = fields.number("weight", Share.EVEN.weight());
            int priority = fields.number("priority", Share.EVEN.priority());
            int most = fields.number("most", Share.EVEN.most());
            return fields.make(() -> new Share(weight, priority, most));
        });
    }

    private Optional<BouncerTier> tier(String path, Node node) {
        return Fields.of(path, node, Schema.TIER, problems).flatMap(this::tier);
    }

    private Optional<BouncerTier> tier(Fields fields) {
        BouncerTier defaults = Schema.TIER_DEFAULTS;
        String name = fields.text("name");
        int instances = fields.number("instances", defaults.instances());
        Rollout rollout = fields.part("rollout", defaults.rollout(), this::rollout);
        int databases = fields.number("databases", defaults.databases());
        int users = fields.number("usersPerDatabase", defaults.usersPerDatabase());
        int size = fields.number("defaultPoolSize", defaults.defaultPoolSize());
        int reserve = fields.number("reservePoolSize", defaults.reservePoolSize());
        int most = fields.number("maxDbConnections", defaults.maxDbConnections());
        int clients = fields.number("maxClientConn", defaults.maxClientConn());
        return fields.make(
                () -> new BouncerTier(name, instances, rollout, databases, users, size, reserve, most, clients));
    }

    private Optional<FixedClients> client(String path, Node node) {
        return Fields.of(path, node, Schema.CLIENT, problems).flatMap(fields -> {
            String name = fields.text("name");
            int connections = fields.number("connections");
            String via = fields.textOrNull("via");
            return fields.make(() -> new FixedClients(name, connections, via));
        });
    }

    private Optional<Thresholds> thresholds(String path, Node node) {
        return Fields.of(path, node, Schema.THRESHOLDS, problems).flatMap(fields -> {
            int steady = fields.number("steady", Thresholds.USUAL.steady());
            int rollout = fields.number("rollout", Thresholds.USUAL.rollout());
            return fields.make(() -> new Thresholds(steady, rollout));
        });
    }
}
