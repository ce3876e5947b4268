package dev.penstock.tools.tune.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.tools.tune.search.Recommendation.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Searches on servers whose right answer is known. A seed draws the kind of server, its coefficients, how work arrives,
 * the spread of service times, a latency target or none, drift and stalls.
 */
@Tag("once")
class KnownAnswersTest {
    private static final int SIZES = 64;

    /** One of twenty may be farther off. */
    private static final double RIGHT = 0.95;

    private static final double WORK = 0.4;

    private record Outcome(long seed, Scenario scenario, Findings findings) {
        static Outcome of(long seed) {
            Scenario scenario = Scenario.of(seed);
            SearchLimits limits = new SearchLimits(Efforts.USUAL, Duration.ofHours(2));
            SizeSearch search = new SizeSearch(scenario.goal(), limits, scenario.load(), SearchListener.NONE);
            return new Outcome(seed, scenario, search.run(scenario.load()));
        }

        boolean oneOffAtMost() {
            Integer size = findings.recommendation().size();
            return scenario.answer() == 0
                    ? findings.recommendation().verdict() == Verdict.TARGET_OUT_OF_REACH
                    : size != null && Math.abs(size - scenario.answer()) <= 1;
        }

        boolean exact() {
            Integer size = findings.recommendation().size();
            return oneOffAtMost() && (size == null || size == scenario.answer());
        }

        /** Of an exhaustive search: each size once. */
        double work() {
            Duration exhaustive = Efforts.USUAL.total().multipliedBy(SIZES);
            return findings.cost().toNanos() / (double) exhaustive.toNanos();
        }

        @Override
        public String toString() {
            return "seed %d: true %d, found %s, %.0f %% of the work; %s"
                    .formatted(
                            seed, scenario.answer(), findings.recommendation().size(), 100 * work(), scenario.text());
        }
    }

    @Test
    void findsTheSmallestSizeInNineteenOfTwentySeeds() {
        List<Outcome> outcomes = search(0, 20);

        assertThat(outcomes.stream().map(outcome -> outcome.scenario().answer()).distinct())
                .as("right answers that differ")
                .hasSizeGreaterThanOrEqualTo(10);
        assertThat(outcomes).anyMatch(outcome -> outcome.scenario().answer() == 0);
        assertThat(outcomes).anyMatch(outcome -> outcome.scenario().answer() >= 24);
        assertThat(outcomes).anyMatch(outcome -> targetDecides(outcome.scenario()));
        check(outcomes);
    }

    @Test
    @Tag("slow")
    void twoHundredOtherSeedsAsOften() {
        check(search(1_000, 200));
    }

    private static List<Outcome> search(long first, int seeds) {
        return LongStream.range(first, first + seeds).mapToObj(Outcome::of).toList();
    }

    private static boolean targetDecides(Scenario scenario) {
        Goal goal = scenario.goal();
        Goal without = new Goal(goal.smallest(), goal.largest(), goal.within(), null);
        return scenario.answer() > 0 && scenario.answer() != scenario.truth().smallest(without);
    }

    private static void check(List<Outcome> outcomes) {
        long right = outcomes.stream().filter(Outcome::oneOffAtMost).count();
        double work = outcomes.stream().mapToDouble(Outcome::work).max().orElseThrow();
        System.out.printf(
                "%d of %d seeds exactly or one off, %d exactly; work of an exhaustive search: mean %.1f %%, most %.1f %%%n",
                right,
                outcomes.size(),
                outcomes.stream().filter(Outcome::exact).count(),
                100 * outcomes.stream().mapToDouble(Outcome::work).average().orElseThrow(),
                100 * work);
        assertThat(right)
                .as(() -> "right: "
                        + outcomes.stream()
                                .filter(outcome -> !outcome.oneOffAtMost())
                                .toList())
                .isGreaterThanOrEqualTo((long) Math.ceil(RIGHT * outcomes.size()));
        assertThat(work).isLessThanOrEqualTo(WORK);
    }
}
