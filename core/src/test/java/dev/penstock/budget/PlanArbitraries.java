package dev.penstock.budget;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Plans of any shape: small ones, of which every number matters, and ones with numbers up to 10^6. */
public final class PlanArbitraries {
    static final int MILLION = 1_000_000;

    private static final int MOST_SERVICES = 50;

    private PlanArbitraries() {}

    /** On servers that allow from half to four times of what they ask for, or of what their smallest pools come to. */
    public static Arbitrary<Plan> small() {
        return scaled(plans(services(5, 3, 12), tiers(3, 160), 9));
    }

    /** The same with any number that is not refused. */
    public static Arbitrary<Plan> large() {
        return Arbitraries.oneOf(
                plans(services(MILLION, MILLION, MILLION), tiers(MILLION, MILLION), MILLION),
                scaled(plans(services(300, 10, 100), tiers(20, 1_000), 1_000)));
    }

    private static Arbitrary<Plan> plans(Arbitrary<Service> services, Arbitrary<BouncerTier> tiers, int mostClients) {
        Arbitrary<Integer> fixed = Arbitraries.integers().between(0, mostClients);
        Arbitrary<Thresholds> thresholds =
                Combinators.combine(percent(), percent()).as(Thresholds::new);
        Arbitrary<Integer> atOnce = Arbitraries.oneOf(
                Arbitraries.just(Plan.ALL_AT_ONCE), Arbitraries.integers().between(1, MOST_SERVICES));
        return Combinators.combine(
                        services.list().ofMaxSize(MOST_SERVICES),
                        tiers.list().ofMaxSize(3),
                        fixed.list().ofMaxSize(3),
                        thresholds,
                        atOnce)
                .as((fleet, bouncers, clients, tightness, most) ->
                        plan(fleet, bouncers, clients).withThresholds(tightness).withRolloutsAtOnce(most))
                .withoutEdgeCases(); // of so many numbers they would be empty plans only
    }

    private static Arbitrary<Plan> scaled(Arbitrary<Plan> plans) {
        Arbitrary<Integer> percent = Arbitraries.oneOf( // at where verdicts change, and anywhere
                Arbitraries.of(100, 125), Arbitraries.integers().between(50, 400));
        Arbitrary<Integer> more = Arbitraries.integers().between(-2, 2);
        return Combinators.combine(plans, percent, more, Arbitraries.of(true, true, false))
                .as((plan, part, few, asDeclared) -> withSupply(asDeclared ? plan : smallest(plan), part, few, plan));
    }

    private static Plan withSupply(Plan measure, int percent, int more, Plan plan) {
        long demand = Assessment.of(measure).server().rollout().demand();
        int connections = (int) Math.max(1, Math.min(MILLION - 3, demand * percent / 100 + more)) + 3;
        return new Plan(
                ServerLimits.of(connections),
                plan.services(),
                plan.tiers(),
                plan.clients(),
                plan.thresholds(),
                plan.rolloutsAtOnce());
    }

    /** With the smallest pools. */
    static Plan smallest(Plan plan) {
        return plan.withServices(plan.services().stream()
                .map(service -> service.withPoolSize(service.threads().deadlockFloor()))
                .toList());
    }

    private static Arbitrary<Integer> percent() {
        return Arbitraries.oneOf(
                Arbitraries.just(80),
                Arbitraries.integers().between(60, 100),
                Arbitraries.integers().between(1, 100));
    }

    /** Names them, and connects every fifth service to a tier if there is one. */
    private static Plan plan(List<Service> services, List<BouncerTier> tiers, List<Integer> clients) {
        Plan plan = Plan.of(ServerLimits.of(MILLION));
        for (int i = 0; i < tiers.size(); i++) {
            plan = plan.and(renamed(tiers.get(i), "tier-" + i));
        }
        List<Service> named = new ArrayList<>();
        for (int i = 0; i < services.size(); i++) {
            String via = i % 5 == 4 && !tiers.isEmpty() ? "tier-" + i % tiers.size() : null;
            named.add(renamed(services.get(i), "service-" + i).withVia(via));
        }
        List<FixedClients> fixed = new ArrayList<>();
        for (int i = 0; i < clients.size(); i++) {
            fixed.add(FixedClients.of("client-" + i, clients.get(i)));
        }
        return plan.withServices(named).withClients(fixed);
    }

    private static Service renamed(Service service, String name) {
        return new Service(
                name,
                service.replicas(),
                service.rollout(),
                service.pools(),
                service.poolSize(),
                service.threads(),
                service.share(),
                service.via());
    }

    private static BouncerTier renamed(BouncerTier tier, String name) {
        return new BouncerTier(
                name,
                tier.instances(),
                tier.rollout(),
                tier.databases(),
                tier.usersPerDatabase(),
                tier.defaultPoolSize(),
                tier.reservePoolSize(),
                tier.maxDbConnections(),
                tier.maxClientConn());
    }

    private static Arbitrary<Service> services(int mostReplicas, int mostPools, int mostSize) {
        Arbitrary<Replicas> replicas = upTo(mostReplicas)
                .flatMap(maximum ->
                        Arbitraries.integers().between(0, maximum).map(steady -> new Replicas(steady, maximum)));
        Arbitrary<int[]> pools = upTo(mostPools)
                .flatMap(count -> upTo(Math.min(mostSize, MILLION / count)).map(size -> new int[] {count, size}));
        return Combinators.combine(replicas, rollouts(mostReplicas), pools, threads(), shares())
                .as((count, rollout, each, threads, share) -> new Service(
                        "service",
                        count,
                        rollout,
                        each[0],
                        each[1],
                        each[0] > MILLION / 10 ? ThreadUse.ONE_EACH : threads,
                        share,
                        null));
    }

    static Arbitrary<Rollout> rollouts(int mostReplicas) {
        return Arbitraries.oneOf(
                Arbitraries.of(Rollout.IN_PLACE, Rollout.BLUE_GREEN, Rollout.USUAL),
                Arbitraries.integers().between(0, mostReplicas).map(Rollout::count),
                Arbitraries.integers().between(0, 1_000).map(Rollout::perCent));
    }

    private static Arbitrary<ThreadUse> threads() {
        return Arbitraries.of(ThreadUse.ONE_EACH, ThreadUse.ONE_EACH, new ThreadUse(2, 2), new ThreadUse(4, 2));
    }

    private static Arbitrary<Share> shares() {
        return Combinators.combine(
                        Arbitraries.oneOf(Arbitraries.integers().between(1, 7), upTo(MILLION)),
                        Arbitraries.integers().between(1, 5),
                        Arbitraries.oneOf(
                                Arbitraries.just(MILLION),
                                Arbitraries.integers().between(5, 30)))
                .as(Share::new);
    }

    private static Arbitrary<BouncerTier> tiers(int mostInstances, int mostSize) {
        Arbitrary<int[]> sizes = Combinators.combine(
                        upTo(Math.min(mostInstances, 3)),
                        upTo(Math.min(mostInstances, 3)),
                        upTo(mostSize).map(size -> Math.max(1, size / 20)),
                        Arbitraries.integers().between(0, mostSize).map(size -> size / 20),
                        Arbitraries.integers().between(0, mostSize))
                .as((databases, users, size, reserve, most) -> new int[] {databases, users, size, reserve, most});
        return Combinators.combine(upTo(mostInstances), rollouts(mostInstances), sizes, upTo(MILLION))
                .as((instances, rollout, size, clients) -> new BouncerTier(
                        "tier", instances, rollout, size[0], size[1], size[2], size[3], size[4], clients));
    }

    /** And the most itself rather often. */
    private static Arbitrary<Integer> upTo(int most) {
        return Arbitraries.frequencyOf(
                Tuple.of(9, Arbitraries.integers().between(1, most)), Tuple.of(1, Arbitraries.just(most)));
    }
}
