package dev.penstock.internal.session;

import static dev.penstock.ConnectPhase.AUTH;
import static dev.penstock.ConnectPhase.DNS;
import static dev.penstock.ConnectPhase.STARTUP;
import static dev.penstock.ConnectPhase.TCP;
import static dev.penstock.ConnectPhase.TLS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.ConnectPhase;
import dev.penstock.internal.time.Deadline;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What each phase is charged with, on virtual time. */
class PhaseTimesTest {
    private long now;
    private final Deadline deadline = Deadline.after(() -> now, Duration.ofHours(1));
    private final PhaseTimes times = new PhaseTimes(deadline);

    private void pass(int nanos) {
        now += nanos;
    }

    private List<String> upTo(ConnectPhase last) {
        return times.upTo(last, now).stream()
                .map(time -> time.phase() + " " + time.took().toNanos())
                .toList();
    }

    private void dial(int nanos) {
        times.enter(TCP);
        pass(nanos);
        times.pause();
    }

    private void enter(ConnectPhase phase, int after) {
        pass(after);
        times.enter(phase);
    }

    @Test
    void aSessionOverTlsHasAllPhasesAndWhatItWaitedBelongsToNone() {
        times.add(DNS, 3);
        dial(10);
        pass(1_000);
        times.goOn();
        enter(TLS, 5);
        enter(STARTUP, 20);
        enter(AUTH, 30);
        pass(40);
        times.pause();
        pass(1_000);

        assertThat(upTo(AUTH)).containsExactly("DNS 3", "TCP 10", "TLS 25", "STARTUP 30", "AUTH 40");
    }

    @Test
    void theRunningPhaseIsChargedUntilNow() {
        times.enter(TCP);
        pass(7);

        assertThat(upTo(TCP)).containsExactly("TCP 7");
        pass(1);
        assertThat(upTo(TCP)).containsExactly("TCP 8");
    }

    @Test
    void whoeverAskedAMomentEarlierSeesNoNegativeTime() {
        dial(10);
        times.goOn();
        long before = now;
        enter(STARTUP, 5);
        enter(AUTH, 5);

        assertThat(times.upTo(AUTH, before))
                .extracting(time -> time.took().toNanos())
                .containsExactly(10L, 10L, 0L);
    }

    @Test
    void withoutAByteTheTimeBelongsToThePhaseThatItCameTo() {
        dial(10);
        times.goOn();
        pass(50);

        assertThat(upTo(STARTUP)).containsExactly("TCP 10", "STARTUP 50");
    }

    @Test
    void whatLooksLaterIsCountedForTheLast() {
        dial(10);
        times.goOn();
        enter(TLS, 1);
        enter(STARTUP, 20);
        pass(3);

        assertThat(upTo(TLS)).containsExactly("TCP 10", "TLS 24");
    }

    @Test
    void aSecondSocketAddsToThePhasesOfTheFirst() {
        dial(10);
        times.goOn();
        enter(TLS, 0);
        pass(20);
        dial(5);
        times.goOn();
        enter(STARTUP, 1);
        pass(30);
        times.pause();

        assertThat(upTo(STARTUP)).containsExactly("TCP 15", "TLS 20", "STARTUP 31");
    }

    @Test
    void anAttemptThatNobodyHasBegunHasSpentNothing() {
        pass(100);

        assertThat(upTo(TCP)).containsExactly("TCP 0");
    }
}
