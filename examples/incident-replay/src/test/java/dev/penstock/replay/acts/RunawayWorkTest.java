package dev.penstock.replay.acts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.replay.pools.Borrow;
import dev.penstock.replay.pools.Borrow.Ending;
import dev.penstock.replay.pools.Phases;
import dev.penstock.replay.pools.Runaways;
import dev.penstock.replay.pools.Runaways.Report;
import dev.penstock.replay.pools.Runaways.Work;
import dev.penstock.replay.pools.Tally;
import dev.penstock.replay.report.ActReport;
import dev.penstock.replay.report.Promise;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunawayWorkTest {
    private static final Phases PHASES = new Phases(0, 1_000_000_000L, 7_000_000_000L, 10_000_000_000L);
    private static final Optional<Duration> IN_TIME = Optional.of(Duration.ofMillis(2_250));
    private static final Optional<String> TOLD = Optional.of("it was open for 2 s");
    private static final Work PLAIN = new Work(5, List.of(), Optional.empty(), Optional.empty());

    private static Tally tally(Ending ending) {
        return new Tally(List.of(new Borrow(1, 500_000_000L, Duration.ofMillis(1), ending)), PHASES);
    }

    private static Report cutAfter(int millis) {
        return new Report(Duration.ofMillis(millis), "57014");
    }

    private static ActReport report(Tally penstock, Work work) {
        return RunawayWork.describe(new Runaways(tally(Ending.SERVED), penstock, PLAIN, work));
    }

    private static List<Boolean> kept(Tally penstock, Work work) {
        return report(penstock, work).promises().stream().map(Promise::kept).toList();
    }

    @Test
    void theLimitsThemselvesAreKept() {
        Work work = new Work(2, List.of(cutAfter(1_250), cutAfter(2_250)), IN_TIME, TOLD);

        assertThat(kept(tally(Ending.SERVED), work)).containsExactly(true, true, true, true);
        assertThat(report(tally(Ending.SERVED), work).lines()).contains("  it was open for 2 s");
    }

    @Test
    void whatIsLateIsNot() {
        Work late = new Work(1, List.of(cutAfter(2_251)), Optional.of(Duration.ofMillis(2_251)), TOLD);

        assertThat(kept(tally(Ending.REFUSED), late)).containsExactly(false, false, false, true);
    }

    @Test
    void whatNeverHappensIsNot() {
        Work never = new Work(2, List.of(cutAfter(1_250)), Optional.empty(), Optional.empty());

        assertThat(kept(tally(Ending.SERVED), never)).containsExactly(true, false, false, false);
    }

    @Test
    void withoutAReportNothingIsShown() {
        assertThat(kept(tally(Ending.SERVED), new Work(0, List.of(), IN_TIME, TOLD)))
                .containsExactly(true, false, true, true);
    }
}
