package dev.penstock.spring.settings.plan;

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
import dev.penstock.spring.settings.source.Property;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From fields to a plan. What is left out is as the records of {@code dev.penstock.budget} have it. */
final class PlanReader {
    /** Of what may be left out; what must be given has any value here. */
    private static final ServerLimits SERVER = ServerLimits.of(100);

    private static final Service SERVICE = Service.of("service", 1, 1);
    private static final BouncerTier TIER = BouncerTier.of("tier");

    private PlanReader() {}

    static Plan plan(PlanNode plan) {
        ServerLimits server = server(plan.part("server"));
        List<Service> services = plan.list("services", PlanReader::service);
        List<BouncerTier> tiers = plan.list("tiers", PlanReader::tier);
        List<FixedClients> clients = plan.list("clients", PlanReader::client);
        Thresholds thresholds = thresholds(plan.part("thresholds"));
        int atOnce = plan.number("rolloutsAtOnce", "all", Plan.ALL_AT_ONCE);
        return plan.make(() -> new Plan(server, services, tiers, clients, thresholds, atOnce));
    }

    private static ServerLimits server(PlanNode server) {
        int maxConnections = server.number("maxConnections");
        int superuserReserved = server.number("superuserReserved", SERVER.superuserReserved());
        int reserved = server.number("reserved", SERVER.reserved());
        int roleLimit = server.number("roleLimit", "none", ServerLimits.NO_LIMIT);
        int databaseLimit = server.number("databaseLimit", "none", ServerLimits.NO_LIMIT);
        int others = server.number("others", SERVER.others());
        Headroom headroom = headroom(server.part("headroom"));
        Memory memory = memory(server.part("memory"));
        return server.make(() -> new ServerLimits(
                maxConnections, superuserReserved, reserved, roleLimit, databaseLimit, others, headroom, memory));
    }

    private static Headroom headroom(PlanNode headroom) {
        int migrations = headroom.number("migrations", Headroom.NONE.migrations());
        int monitoring = headroom.number("monitoring", Headroom.NONE.monitoring());
        int people = headroom.number("people", Headroom.NONE.people());
        return headroom.make(() -> new Headroom(migrations, monitoring, people));
    }

    private static @Nullable Memory memory(PlanNode memory) {
        if (!memory.isGiven()) {
            return null;
        }
        int forConnections = memory.number("forConnections");
        int perConnection = memory.number("perConnection", Memory.USUAL_PER_CONNECTION);
        return memory.make(() -> new Memory(forConnections, perConnection));
    }

    private static Service service(PlanNode service) {
        String name = service.text("name");
        Replicas replicas = replicas(service);
        Rollout rollout = rollout(service, SERVICE.rollout());
        int pools = service.number("pools", SERVICE.pools());
        int poolSize = service.number("poolSize");
        service.together("threads", "connectionsPerThread"); // 2 for each of 1 thread would be a floor that deadlocks
        int threads = service.number("threads", SERVICE.threads().threads());
        int each = service.number("connectionsPerThread", SERVICE.threads().connectionsPerThread());
        ThreadUse use = service.make(() -> new ThreadUse(threads, each));
        Share share = share(service.part("share"));
        String via = service.textOrNull("via");
        return service.make(() -> new Service(name, replicas, rollout, pools, poolSize, use, share, via));
    }

    /** A number, or steady and maximum. */
    private static Replicas replicas(PlanNode service) {
        PlanNode replicas = service.part("replicas");
        boolean both =
                replicas.find("steady").isPresent() || replicas.find("maximum").isPresent();
        if (!both) {
            Property always = service.required("replicas");
            int count = PlanNode.number(always, ", or steady and maximum");
            return PlanNode.make(always, () -> Replicas.of(count));
        }
        service.find("replicas").ifPresent(always -> {
            throw always.refused("must be a number, or steady and maximum, not both");
        });
        int steady = replicas.number("steady");
        int maximum = replicas.number("maximum");
        return replicas.make(() -> new Replicas(steady, maximum));
    }

    private static Rollout rollout(PlanNode of, Rollout otherwise) {
        return of.find("rollout")
                .map(property -> PlanNode.make(property, () -> Rollout.parse(property.text())))
                .orElse(otherwise);
    }

    private static Share share(PlanNode share) {
        int weight = share.number("weight", Share.EVEN.weight());
        int priority = share.number("priority", Share.EVEN.priority());
        int most = share.number("most", Share.EVEN.most());
        return share.make(() -> new Share(weight, priority, most));
    }

    private static BouncerTier tier(PlanNode tier) {
        String name = tier.text("name");
        int instances = tier.number("instances", TIER.instances());
        Rollout rollout = rollout(tier, TIER.rollout());
        int databases = tier.number("databases", TIER.databases());
        int users = tier.number("usersPerDatabase", TIER.usersPerDatabase());
        int size = tier.number("defaultPoolSize", TIER.defaultPoolSize());
        int reserve = tier.number("reservePoolSize", TIER.reservePoolSize());
        int most = tier.number("maxDbConnections", TIER.maxDbConnections());
        int clients = tier.number("maxClientConn", TIER.maxClientConn());
        return tier.make(
                () -> new BouncerTier(name, instances, rollout, databases, users, size, reserve, most, clients));
    }

    private static FixedClients client(PlanNode client) {
        String name = client.text("name");
        int connections = client.number("connections");
        String via = client.textOrNull("via");
        return client.make(() -> new FixedClients(name, connections, via));
    }

    private static Thresholds thresholds(PlanNode thresholds) {
        int steady = thresholds.number("steady", Thresholds.USUAL.steady());
        int rollout = thresholds.number("rollout", Thresholds.USUAL.rollout());
        return thresholds.make(() -> new Thresholds(steady, rollout));
    }
}
