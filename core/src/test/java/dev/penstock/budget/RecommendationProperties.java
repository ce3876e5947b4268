package dev.penstock.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

/** What must be so of every recommendation, however what there is is shared out. */
@Tag("once") // arithmetic, the same on every JDK
class RecommendationProperties {
    @Provide
    Arbitrary<Plan> small() {
        return PlanArbitraries.small();
    }

    @Provide
    Arbitrary<Plan> large() {
        return PlanArbitraries.large();
    }

    /** Services and tiers come and go through their rollouts in any order, as many at once as the plan allows. */
    @Property
    void atNoMomentOfAnyRolloutThereIsTooLittle(
            @ForAll("small") Plan plan, @ForAll Sharing sharing, @ForAll long seed) {
        Recommendation recommendation = Recommendation.of(plan, sharing);
        if (recommendation.possible()) {
            Random random = new Random(seed);
            long usable = Supply.of(plan.server()).usable();
            for (int moment = 0; moment < 20; moment++) {
                assertThat(connections(recommendation.plan(), random)).isLessThanOrEqualTo(usable);
            }
        }
    }

    /** At one moment: some roll out, with any part of their surge, and autoscalers do what they like. */
    private static long connections(Plan plan, Random random) {
        List<Integer> order = new ArrayList<>(
                IntStream.range(0, plan.services().size() + plan.tiers().size())
                        .boxed()
                        .toList());
        Collections.shuffle(order, random);
        List<Integer> rollingOut = order.subList(0, Math.min(order.size(), plan.rolloutsAtOnce()));
        long sum = plan.clients().stream().mapToLong(FixedClients::connections).sum();
        for (int i : order) {
            boolean rolls = rollingOut.contains(i);
            int tier = i - plan.services().size();
            sum += tier < 0
                    ? ofService(plan.services().get(i), rolls, random)
                    : ofTier(plan.tiers().get(tier), rolls);
        }
        return sum;
    }

    private static long ofService(Service service, boolean rolls, Random random) {
        int most = service.replicas().maximum();
        long running = random.nextBoolean() ? most : random.nextInt(most + 1);
        long more = rolls ? service.rollout().surge(most) : 0;
        return service.via() == null ? (running + more) * service.pools() * service.poolSize() : 0;
    }

    private static long ofTier(BouncerTier tier, boolean rolls) {
        long more = rolls ? tier.rollout().surge(tier.instances()) : 0;
        return (tier.instances() + more) * tier.serverConnections();
    }

    @Property
    void whatIsRecommendedFitsOrIsTheLeastThatThereIs(@ForAll("small") Plan plan, @ForAll Sharing sharing) {
        Recommendation recommendation = Recommendation.of(plan, sharing);
        Verdict verdict = Assessment.of(recommendation.plan()).verdict();

        assertThat(recommendation.possible()).isEqualTo(verdict != Verdict.OVER);
        assertThat(recommendation.possible())
                .isEqualTo(Assessment.of(PlanArbitraries.smallest(plan)).verdict() != Verdict.OVER);
    }

    /** Against a search that tries one link of the chain after the other, and adds up with {@link Assessment}. */
    @Property(tries = 300)
    void nothingLargerFits(@ForAll("small") Plan any, @ForAll Sharing sharing) {
        Plan plan = any.withServices(any.services().stream()
                .map(service -> modest(service.withVia(null)))
                .toList());
        int[] expected = least(plan);
        if (fits(resized(plan, expected))) {
            int ranks = sharing == Sharing.PRIORITISED ? 5 : 1;
            for (int rank = 1; rank <= ranks; rank++) {
                expected = largest(plan, sharing, rank, expected);
            }
        }

        assertThat(Recommendation.of(plan, sharing).sizes().stream()
                        .mapToInt(PoolSize::recommended)
                        .toArray())
                .isEqualTo(expected);
    }

    private static Service modest(Service service) {
        int weight = (service.share().weight() - 1) % 7 + 1;
        int most = Math.min(service.share().most(), 100);
        return service.withShare(service.share().withWeight(weight).withMost(most));
    }

    /** 420 is divided by every weight from 1 to 7: sizes grow at whole 420ths of a connection per weight. */
    private static int[] largest(Plan plan, Sharing sharing, int rank, int[] before) {
        TreeSet<Integer> links = new TreeSet<>();
        for (Service service : plan.services()) {
            for (int size = 1; size <= 100; size++) {
                links.add(size * 420 / weight(service, sharing));
            }
        }
        int[] fitting = before;
        for (int link : links) {
            int[] next = before.clone();
            for (int i = 0; i < next.length; i++) {
                Service service = plan.services().get(i);
                if (sharing != Sharing.PRIORITISED || service.share().priority() == rank) {
                    int size = link * weight(service, sharing) / 420;
                    next[i] = Math.max(service.threads().deadlockFloor(), Math.min(size, most(service, sharing)));
                }
            }
            if (Arrays.equals(next, fitting)) {
                continue;
            }
            if (!fits(resized(plan, next))) {
                return fitting;
            }
            fitting = next;
        }
        return fitting;
    }

    private static int weight(Service service, Sharing sharing) {
        return sharing == Sharing.WEIGHTED ? service.share().weight() : 1;
    }

    private static int most(Service service, Sharing sharing) {
        int most = service.share().most();
        return sharing == Sharing.PRIORITISED ? Math.min(most, service.poolSize()) : most;
    }

    private static boolean fits(Plan plan) {
        return Assessment.of(plan).server().verdict() == Verdict.FITS;
    }

    private static int[] least(Plan plan) {
        return plan.services().stream()
                .mapToInt(service -> service.threads().deadlockFloor())
                .toArray();
    }

    private static Plan resized(Plan plan, int[] sizes) {
        return plan.withServices(IntStream.range(0, sizes.length)
                .mapToObj(i -> plan.services().get(i).withPoolSize(sizes[i]))
                .toList());
    }

    @Property(tries = 300)
    void numbersUpToAMillion(@ForAll("large") Plan plan, @ForAll Sharing sharing) {
        Recommendation recommendation = Recommendation.of(plan, sharing);

        for (int i = 0; i < plan.services().size(); i++) {
            Service service = plan.services().get(i);
            assertThat(recommendation.sizes().get(i).recommended())
                    .isBetween(service.threads().deadlockFloor(), PlanArbitraries.MILLION / service.pools());
        }
        assertThat(recommendation.possible())
                .isEqualTo(Assessment.of(recommendation.plan()).verdict() != Verdict.OVER);
    }

    @Property
    void theProposalIsNeverOver(@ForAll("small") Plan plan, @ForAll Sharing sharing) {
        BouncerProposal proposal = Recommendation.of(plan, sharing).proposal();
        if (proposal != null) {
            assertThat(Assessment.of(proposal.plan()).server().verdict()).isNotEqualTo(Verdict.OVER);
            assertThat(Assessment.of(proposal.plan()).tiers())
                    .last()
                    .satisfies(clients -> assertThat(clients.verdict()).isEqualTo(Verdict.FITS));
        }
    }
}
