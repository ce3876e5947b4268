package dev.penstock.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.statistics.Statistics;
import org.jspecify.annotations.Nullable;

/** What must be so of every plan. */
@Tag("once") // arithmetic, the same on every JDK
class AssessmentProperties {
    @Provide
    Arbitrary<Plan> small() {
        return PlanArbitraries.small();
    }

    @Provide
    Arbitrary<Plan> large() {
        return PlanArbitraries.large();
    }

    /** Otherwise what follows would say little. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    void plansComeOfEveryKind(@ForAll("small") Plan plan) {
        Statistics.collect(Assessment.of(plan).verdict());
        Statistics.coverage(coverage -> {
            for (Verdict verdict : Verdict.values()) {
                coverage.check(verdict).percentage(part -> part > 5.0);
            }
        });
    }

    /** And so, read the other way round, with one less it is never worse. */
    @Property
    void oneReplicaMoreNeverMakesItBetter(@ForAll("small") Plan plan, @ForAll int which, @ForAll boolean always) {
        if (!plan.services().isEmpty()) {
            int index = Math.floorMod(which, plan.services().size());
            Replicas now = plan.services().get(index).replicas();
            List<Service> more = new ArrayList<>(plan.services());
            more.set(index, more.get(index).withReplicas(now.steady() + (always ? 1 : 0), now.maximum() + 1));

            assertNoBetter(plan.withServices(more), plan);
        }
    }

    @Property
    void oneClientMoreNeverMakesItBetter(@ForAll("small") Plan plan) {
        assertNoBetter(plan.and(FixedClients.of("another", 1)), plan);
    }

    @Property
    void oneServiceMoreNeverMakesItBetter(@ForAll("small") Plan plan) {
        assertNoBetter(plan.and(Service.of("another", 1, 1)), plan);
    }

    @Property
    void aLargerServerNeverMakesItWorse(@ForAll("small") Plan plan) {
        Plan larger = new Plan(
                ServerLimits.of(plan.server().maxConnections() + 1),
                plan.services(),
                plan.tiers(),
                plan.clients(),
                plan.thresholds(),
                plan.rolloutsAtOnce());

        assertNoBetter(plan, larger);
    }

    private static void assertNoBetter(Plan one, Plan other) {
        assertThat(Assessment.of(one).verdict())
                .isGreaterThanOrEqualTo(Assessment.of(other).verdict());
    }

    @Property
    void sumsAreExactWithNumbersUpToAMillion(@ForAll("large") Plan plan) {
        Assessment assessment = Assessment.of(plan);

        assertThat(BigInteger.valueOf(assessment.server().steady().demand())).isEqualTo(steady(plan, null));
        assertThat(BigInteger.valueOf(assessment.server().rollout().demand())).isEqualTo(worst(plan, null));
        for (Balance tier : assessment.tiers()) {
            assertThat(BigInteger.valueOf(tier.steady().demand())).isEqualTo(steady(plan, tier.place()));
            assertThat(BigInteger.valueOf(tier.rollout().demand())).isEqualTo(worst(plan, tier.place()));
        }
    }

    @Property
    void theVerdictIsWhatThePercentageSays(@ForAll("large") Plan plan) {
        Moment moment = Assessment.of(plan).server().rollout();
        BigInteger demand = worst(plan, null);
        BigInteger usable = BigInteger.valueOf(moment.usable());
        boolean tight = demand.multiply(BigInteger.valueOf(100))
                        .compareTo(usable.multiply(
                                BigInteger.valueOf(plan.thresholds().rollout())))
                > 0;

        Verdict expected = demand.compareTo(usable) > 0 ? Verdict.OVER : tight ? Verdict.TIGHT : Verdict.FITS;
        assertThat(moment.verdict()).isEqualTo(expected);
    }

    private static BigInteger steady(Plan plan, @Nullable String place) {
        Stream<BigInteger> services =
                services(plan, place).map(s -> product(s.replicas().steady(), s.pools(), s.poolSize()));
        return sum(Stream.concat(services, constants(plan, place)));
    }

    private static BigInteger worst(Plan plan, @Nullable String place) {
        Stream<BigInteger> services =
                services(plan, place).map(s -> product(s.replicas().maximum(), s.pools(), s.poolSize()));
        Stream<BigInteger> surges = Stream.concat(
                        services(plan, place)
                                .map(s ->
                                        product(surge(s.rollout(), s.replicas().maximum()), s.pools(), s.poolSize())),
                        tiers(plan, place)
                                .map(t -> product(surge(t.rollout(), t.instances()), t.serverConnections(), 1)))
                .sorted(Comparator.reverseOrder())
                .limit(plan.rolloutsAtOnce());
        return sum(Stream.of(services, surges, constants(plan, place)).flatMap(all -> all));
    }

    private static Stream<BigInteger> constants(Plan plan, @Nullable String place) {
        return Stream.concat(
                tiers(plan, place).map(t -> product(t.instances(), t.serverConnections(), 1)),
                plan.clients().stream()
                        .filter(client -> Objects.equals(client.via(), place))
                        .map(client -> BigInteger.valueOf(client.connections())));
    }

    private static Stream<Service> services(Plan plan, @Nullable String place) {
        return plan.services().stream().filter(service -> Objects.equals(service.via(), place));
    }

    private static Stream<BouncerTier> tiers(Plan plan, @Nullable String place) {
        return place == null ? plan.tiers().stream() : Stream.empty();
    }

    /** Rounded up, in another way than in what is tested. */
    private static long surge(Rollout rollout, int replicas) {
        return switch (rollout.kind()) {
            case IN_PLACE -> 0;
            case COUNT -> rollout.amount();
            case PER_CENT -> -Math.floorDiv(-(long) replicas * rollout.amount(), 100L);
            case BLUE_GREEN -> replicas;
        };
    }

    private static BigInteger product(long a, long b, long c) {
        return BigInteger.valueOf(a).multiply(BigInteger.valueOf(b)).multiply(BigInteger.valueOf(c));
    }

    private static BigInteger sum(Stream<BigInteger> terms) {
        return terms.reduce(BigInteger.ZERO, BigInteger::add);
    }
}
