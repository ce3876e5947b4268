package dev.penstock.budget.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.budget.ApplicationName;
import dev.penstock.budget.Assessment;
import dev.penstock.budget.Moment;
import dev.penstock.budget.Plan;
import dev.penstock.budget.PlanArbitraries;
import dev.penstock.budget.ServerLimits;
import dev.penstock.budget.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.statistics.Statistics;

/** What must be so of every plan, whoever is connected. */
class ComparisonProperties {
    @Provide
    Arbitrary<Plan> small() {
        return PlanArbitraries.small();
    }

    @Provide
    Arbitrary<Plan> large() {
        return PlanArbitraries.large();
    }

    private static final int KINDS = 8;
    private static final int MOST_SESSIONS = 100_000;

    /** Where a verdict changes. */
    private enum Boundary {
        /** Of what is connected now. */
        TIGHT,
        /** Nothing is free. */
        FULL,
        /** What one kind may have at most. */
        AT_MOST,
        /** So many beyond that, that the plan does not fit beside them. */
        STRAINED,
        /** Wherever the verdict is another for the first time. */
        ANY
    }

    /** Sessions of which those of one kind come up to a boundary, right below it, at it, or little beyond. */
    private record Crowd(Plan plan, List<Integer> sessions, int which) {
        private static Crowd at(Boundary boundary, Plan plan, List<Integer> others, int which, int few) {
            List<Integer> none = with(others, which, 0);
            long sessions = few + reached(boundary, plan, none, which);
            return new Crowd(plan, with(others, which, (int) Math.max(0, Math.min(sessions, MOST_SESSIONS))), which);
        }

        /** Between none, and more than there can be. */
        private static int change(Plan plan, List<Integer> none, int which) {
            Verdict without = ComparisonProperties.compared(plan, none).verdict();
            int same = 0;
            int another = MOST_SESSIONS;
            while (another - same > 1) {
                int middle = (same + another) / 2;
                Verdict verdict = ComparisonProperties.compared(plan, with(none, which, middle))
                        .verdict();
                if (verdict == without) {
                    same = middle;
                } else {
                    another = middle;
                }
            }
            return another;
        }

        private static long reached(Boundary boundary, Plan plan, List<Integer> none, int which) {
            Comparison without = ComparisonProperties.compared(plan, none);
            List<Use> uses = without.uses();
            List<String> members = members(without.plan());
            long most = which >= members.size()
                    ? without.foreign().expected() - without.foreign().sessions()
                    : uses.stream()
                            .filter(use -> use.name().equals(members.get(which)))
                            .mapToLong(Use::worst)
                            .sum();
            return switch (boundary) {
                case TIGHT -> without.now().threshold() - without.now().demand();
                case FULL -> without.now().free();
                case AT_MOST -> most;
                case ANY -> change(plan, none, which);
                case STRAINED ->
                    most + Math.max(0, without.assessment().server().rollout().free());
            };
        }

        private Comparison asItIs() {
            return ComparisonProperties.compared(plan, sessions);
        }

        private Comparison withOneMore() {
            return ComparisonProperties.compared(plan, with(sessions, which, sessions.get(which) + 1));
        }
    }

    private static List<Integer> with(List<Integer> sessions, int which, int number) {
        List<Integer> others = new ArrayList<>(sessions);
        others.set(which, number);
        return others;
    }

    /** On a server that it fits, with so much to spare: what is over already cannot become worse. */
    private static Plan withRoom(Plan plan, int spare) {
        Moment worst = Assessment.of(plan).server().rollout();
        int percent = Math.min(plan.thresholds().steady(), plan.thresholds().rollout());
        long needed = (worst.demand() * 100 + percent - 1) / percent;
        return plan.withServer(ServerLimits.of((int) Math.min(1_000_000, needed + 4 + spare)));
    }

    @Provide
    Arbitrary<Crowd> atABoundary() {
        return Combinators.combine(
                        Arbitraries.of(Boundary.class),
                        Combinators.combine(
                                        PlanArbitraries.small(),
                                        Arbitraries.oneOf(
                                                Arbitraries.integers().between(0, 2),
                                                Arbitraries.integers().between(0, 60)))
                                .as(ComparisonProperties::withRoom),
                        Arbitraries.integers().between(0, 3).list().ofSize(KINDS),
                        Arbitraries.integers().between(0, KINDS - 1),
                        Arbitraries.oneOf(
                                Arbitraries.just(-1), Arbitraries.integers().between(-1, 3)))
                .as(Crowd::at);
    }

    /** And so, read the other way round, with one less it is never worse. */
    @Property(tries = 500)
    void oneSessionMoreNeverMakesItBetter(@ForAll("atABoundary") Crowd crowd) {
        Verdict before = crowd.asItIs().verdict();
        Verdict after = crowd.withOneMore().verdict();

        assertThat(after).isGreaterThanOrEqualTo(before);
        // without such cases it would prove nothing
        Statistics.label("the one more").collect(after == before ? "changes nothing" : "makes it worse");
        Statistics.label("the one more")
                .coverage(seen -> seen.check("makes it worse").percentage(part -> part > 5));
    }

    @Property(tries = 300)
    void everySessionIsCountedOnce(
            @ForAll("small") Plan plan, @ForAll @Size(KINDS) List<@IntRange(max = 60) Integer> sessions) {
        assertThat(compared(plan, sessions).now().demand())
                .isEqualTo(sessions.stream().mapToInt(Integer::intValue).sum());
    }

    @Property(tries = 60)
    void noNumberLeavesItsBounds(
            @ForAll("large") Plan plan, @ForAll @Size(KINDS) List<@IntRange(max = 262_143) Integer> sessions) {
        Comparison compared = compared(plan, sessions);

        assertThat(compared.verdict())
                .isGreaterThanOrEqualTo(compared.assessment().verdict());
        assertThat(compared.beyond()).isNotNegative();
        assertThat(compared.explain()).isNotEmpty();
    }

    /** Sessions of the first services, tiers and clients of the plan, and of others. */
    private static Comparison compared(Plan plan, List<Integer> sessions) {
        List<String> names = members(plan);
        List<Group> groups = new ArrayList<>();
        for (int i = 0; i < KINDS; i++) {
            if (sessions.get(i) > 0) {
                groups.add(Facts.idle(i < names.size() ? application(names.get(i)) : "psql", sessions.get(i)));
            }
        }
        ServerFacts server = Facts.server(Math.max(4, plan.server().maxConnections()));
        return Facts.reading(server, groups.toArray(Group[]::new)).against(plan);
    }

    private static List<String> members(Plan plan) {
        return Stream.of(
                        plan.services().stream().limit(3).map(service -> service.name()),
                        plan.tiers().stream().limit(2).map(tier -> tier.name()),
                        plan.clients().stream().limit(2).map(client -> client.name()))
                .flatMap(some -> some)
                .toList();
    }

    private static String application(String member) {
        return member.startsWith("service-")
                ? ApplicationName.of(member, "pod", "main").toString()
                : member;
    }
}
