package dev.penstock.tools.tune.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.tools.tune.search.Recommendation.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SizeSearchTest {
    private static final Goal GOAL = new Goal(1, 64, 0.05, null);
    private static final Server TWELVE = Server.cores(12, 100, 0.01);

    @Test
    void beginsNothingThatDoesNotFitIntoItsTime() {
        ScriptedLoad load = new ScriptedLoad(TWELVE::rate);

        Findings findings = search(GOAL, Duration.ofSeconds(22 * 9 + 21)).run(load);

        assertThat(load.sizes()).hasSize(9);
        assertThat(findings.cost()).isEqualTo(Duration.ofSeconds(22 * 9));
        assertThat(findings.stopped())
                .isEqualTo("the time is up: after 198 s another measurement of 22 s would exceed 219 s");
    }

    /** Pools are opened and closed outside of what an effort says. */
    @Test
    void theClockCountsWhereItIsAheadOfTheEfforts() {
        AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
        ScriptedLoad load = new ScriptedLoad(TWELVE::rate);
        SizeSearch search = new SizeSearch(GOAL, limits(Duration.ofSeconds(115)), nanos::get, SearchListener.NONE);

        Findings findings = search.run((size, effort) -> {
            nanos.addAndGet(Duration.ofSeconds(30).toNanos());
            return load.measure(size, effort);
        });

        assertThat(load.sizes()).containsExactly(1, 2, 4);
        assertThat(findings.stopped())
                .isEqualTo("the time is up: after 90 s another measurement of 30 s would exceed 115 s");
    }

    @Test
    void aTimeThatIsTooShortForOneMeasurementIsRefused() {
        assertThatThrownBy(() -> limits(Duration.ofSeconds(21)))
                .hasMessage("the time must be enough for one measurement, PT22S, but was PT21S");
        assertThatThrownBy(() -> new SearchLimits(Efforts.USUAL, Duration.ofHours(1), 0))
                .hasMessageContaining("but was 0.0");
    }

    @Test
    void keepsWhatWasMeasuredWhenTheServerHasNoRoomLeft() {
        ScriptedLoad load = new ScriptedLoad(TWELVE::rate).at(6, usual -> {
            throw new LoadStoppedException("only 2 connections are left: close some", new Exception());
        });

        Findings findings = search(GOAL, Duration.ofHours(1)).run(load);

        assertThat(findings.measured()).extracting(Measured::size).containsExactly(1, 2, 4, 8, 16);
        assertThat(findings.cost()).isEqualTo(Efforts.USUAL.total().multipliedBy(5));
        assertThat(findings.stopped()).isEqualTo("only 2 connections are left: close some");
    }

    @Test
    void keepsWhatWasMeasuredWhenTheUserHasHadEnough() {
        ScriptedLoad load = new ScriptedLoad(TWELVE::rate).at(2, usual -> {
            throw new InterruptedException();
        });

        Findings findings = search(GOAL, Duration.ofHours(1)).run(load);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(findings.measured()).hasSize(1);
        assertThat(findings.stopped()).isEqualTo("interrupted while size 2 was measured");
        assertThat(findings.recommendation().verdict()).isEqualTo(Verdict.UNDECIDED);
    }

    @Test
    void nothingMeasuredIsUndecidedToo() {
        ScriptedLoad load = new ScriptedLoad(TWELVE::rate).at(1, usual -> {
            throw new LoadStoppedException("a statement is wrong", new Exception());
        });

        Findings findings = search(GOAL, Duration.ofHours(1)).run(load);

        assertThat(findings.recommendation().verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(findings.recommendation().reasons()).containsExactly("Nothing was measured.");
        assertThat(findings.stopped()).contains("a statement is wrong");
    }

    /** Ended after three sizes, of which the last was the best: what was measured is told, and nothing recommended. */
    @Test
    void anEarlyEndRecommendsNothingWhereTooLittleIsKnown() {
        ScriptedLoad load = new ScriptedLoad(size -> Math.min(size, 12) * 100).at(3, usual -> {
            throw new LoadStoppedException("the server is full", null);
        });

        Findings findings = search(GOAL, Duration.ofHours(1)).run(load);

        assertThat(findings.recommendation().verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(findings.recommendation().size()).isNull();
        assertThat(findings.recommendation().reasons())
                .contains("Of the sizes that were measured, 2 is the smallest that would do.");
    }

    /** Throughput had been rising as far as there was time for. */
    @Test
    void anEarlyEndWhileThroughputRisesSaysSo() {
        Findings findings = search(GOAL, Duration.ofSeconds(22 * 5)).run(new ScriptedLoad(size -> size * 100));

        assertThat(findings.recommendation().verdict()).isEqualTo(Verdict.CAPPED);
        assertThat(findings.recommendation().size()).isEqualTo(16);
        assertThat(findings.recommendation().most()).isEqualTo(16);
        assertThat(findings.stopped()).contains("the time is up");
    }

    @Test
    void looksFromSmallToLargeAndNoFartherThanItMakesSense() {
        Server collapsing = Server.cores(4, 100, 0.1);
        ScriptedLoad load = new ScriptedLoad(collapsing::rate);

        Findings findings = search(GOAL, Duration.ofHours(1)).run(load);

        assertThat(load.sizes()).startsWith(1, 2, 4, 8, 16).doesNotContain(32, 64);
        assertThat(findings.recommendation().size()).isEqualTo(4);
    }

    @Test
    void neverMoreThanItsShareOfAnExhaustiveSearch() {
        assertThat(limits(Duration.ofHours(1)).measurements(GOAL)).isEqualTo(25);
        assertThat(limits(Duration.ofHours(1)).measurements(new Goal(1, 8, 0.05, null)))
                .isEqualTo(SearchLimits.FEWEST);
    }

    @Test
    void tellsEachStep() {
        List<Plan> begun = new ArrayList<>();
        List<SearchStep> ended = new ArrayList<>();
        SearchListener listener = new SearchListener() {
            @Override
            public void begins(Plan plan) {
                begun.add(plan);
            }

            @Override
            public void ended(SearchStep step) {
                ended.add(step);
            }
        };

        Findings findings = new SizeSearch(GOAL, limits(Duration.ofHours(1)), () -> 0, listener)
                .run(new ScriptedLoad(TWELVE::rate));

        assertThat(ended).extracting(SearchStep::measured).isEqualTo(findings.measured());
        assertThat(ended).extracting(SearchStep::plan).isEqualTo(begun);
        assertThat(ended).extracting(SearchStep::number).startsWith(1, 2, 3).doesNotContain(26);
        assertThat(ended.get(0).plan()).isEqualTo(new Plan(1, "first look, from small to large"));
        assertThat(ended.get(3).cost()).isEqualTo(Efforts.USUAL.total().multipliedBy(4));
        assertThat(ended.get(2).best()).isEqualTo(4);
        assertThat(ended.get(ended.size() - 1).best()).isEqualTo(12);
    }

    private static SizeSearch search(Goal goal, Duration maxTime) {
        return new SizeSearch(goal, limits(maxTime), () -> 0, SearchListener.NONE);
    }

    private static SearchLimits limits(Duration maxTime) {
        return new SearchLimits(Efforts.USUAL, maxTime);
    }
}
