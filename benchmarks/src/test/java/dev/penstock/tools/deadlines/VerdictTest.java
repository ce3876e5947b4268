package dev.penstock.tools.deadlines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.ConnectOutcome;
import dev.penstock.ConnectPhase;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private static final Duration LIMIT = Duration.ofMillis(100);
    private static final Expectation TIMES_OUT = Expectation.expires(ConnectOutcome.TIMED_OUT, ConnectPhase.TLS);

    private static CaseRun run(ConnectOutcome outcome, long overshootMillis, long stallMillis) {
        long deadline = Duration.ofMillis(500).toNanos();
        long overshoot = Duration.ofMillis(overshootMillis).toNanos();
        Ending ending = new Ending(outcome, ConnectPhase.TLS, deadline + overshoot, overshoot, null);
        return new CaseRun(
                FaultCase.of("case", TIMES_OUT, stage -> {}),
                List.of(ending),
                Duration.ofMillis(stallMillis).toNanos());
    }

    private static Verdict verdict(CaseRun run) {
        return Verdict.of(run, LIMIT, false);
    }

    @Test
    void inTimeIsKeptWhateverTheMachineDid() {
        assertThat(verdict(run(ConnectOutcome.TIMED_OUT, 100, 0))).isEqualTo(Verdict.KEPT);
        assertThat(verdict(run(ConnectOutcome.TIMED_OUT, 100, 300))).isEqualTo(Verdict.KEPT);
    }

    @Test
    void lateOnAQuietMachineIsLate() {
        assertThat(verdict(run(ConnectOutcome.TIMED_OUT, 101, 50))).isEqualTo(Verdict.LATE);
    }

    @Test
    void lateOnAMachineThatStalledIsDoubtfulUntilTheLastRepetition() {
        CaseRun run = run(ConnectOutcome.TIMED_OUT, 130, 120);

        assertThat(verdict(run)).isEqualTo(Verdict.DOUBTFUL);
        assertThat(Verdict.of(run, LIMIT, true)).isEqualTo(Verdict.LATE);
    }

    @Test
    void anEndBeforeTheDeadlineIsNoTimeout() {
        assertThat(verdict(run(ConnectOutcome.TIMED_OUT, -1, 0))).isEqualTo(Verdict.WRONG);
    }

    @Test
    void theOutcomeIsJudgedByItsFlag() {
        assertThat(verdict(run(ConnectOutcome.BROKEN, 1, 0))).isEqualTo(Verdict.WRONG);
        assertThat(verdict(run(ConnectOutcome.BROKEN, 1, 60))).isEqualTo(Verdict.DOUBTFUL);
    }

    @Test
    void anOvershootOfAnEarlyEndingCaseIsLateToo() {
        Expectation fails = Expectation.fails(ConnectOutcome.REJECTED, ConnectPhase.AUTH);
        Ending ending = new Ending(ConnectOutcome.REJECTED, ConnectPhase.AUTH, 900_000_000, 400_000_000, null);
        CaseRun run = new CaseRun(FaultCase.of("case", fails, stage -> {}), List.of(ending), 0);

        assertThat(verdict(run)).isEqualTo(Verdict.LATE);
    }
}
