package dev.penstock.budget.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.budget.ApplicationName;
import dev.penstock.budget.Plan;
import dev.penstock.budget.PlanArbitraries;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

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

    /** And so, read the other way round, with one less it is never worse. */
    @Property(tries = 300)
    void oneSessionMoreNeverMakesItBetter(
            @ForAll("small") Plan plan,
            @ForAll @Size(KINDS) List<@IntRange(max = 60) Integer> sessions,
            @ForAll @IntRange(max = KINDS - 1) int which) {
        List<Integer> more = new ArrayList<>(sessions);
        more.set(which, more.get(which) + 1);

        assertThat(compared(plan, more).verdict())
                .isGreaterThanOrEqualTo(compared(plan, sessions).verdict());
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
        List<String> names = Stream.of(
                        plan.services().stream()
                                .limit(3)
                                .map(service -> ApplicationName.of(service.name(), "pod", "main")
                                        .toString()),
                        plan.tiers().stream().limit(2).map(tier -> tier.name()),
                        plan.clients().stream().limit(2).map(client -> client.name()))
                .flatMap(some -> some)
                .toList();
        List<Group> groups = new ArrayList<>();
        for (int i = 0; i < KINDS; i++) {
            if (sessions.get(i) > 0) {
                groups.add(Facts.idle(i < names.size() ? names.get(i) : "psql", sessions.get(i)));
            }
        }
        ServerFacts server = Facts.server(Math.max(4, plan.server().maxConnections()));
        return Facts.reading(server, groups.toArray(Group[]::new)).against(plan);
    }
}
