package dev.penstock.replay.acts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.replay.pools.Borrow;
import dev.penstock.replay.pools.Borrow.Ending;
import dev.penstock.replay.pools.Leaks;
import dev.penstock.replay.pools.Phases;
import dev.penstock.replay.pools.Tally;
import dev.penstock.replay.report.ActReport;
import dev.penstock.replay.report.Promise;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LeakingCodeTest {
    private static final Phases PHASES = new Phases(at(0), at(1_000), at(8_200), at(11_200));
    private static final Tally SERVING = tally(served(500, 4_000, 8_000, 11_000));
    private static final Tally DEAD = tally(served(500, 1_600));
    private static final Optional<Duration> IN_TIME = Optional.of(Duration.ofSeconds(4));

    private static long at(long millis) {
        return millis * 1_000_000;
    }

    private static Tally tally(Stream<Borrow> borrows) {
        return new Tally(borrows.toList(), PHASES);
    }

    private static Stream<Borrow> served(long... millis) {
        return LongStream.of(millis).mapToObj(end -> new Borrow(1, at(end), Duration.ofMillis(1), Ending.SERVED));
    }

    private static ActReport report(Tally penstock, int takenBack, Optional<Duration> namedAfter) {
        return LeakingCode.describe(new Leaks(
                DEAD, penstock, 5, 12, takenBack, namedAfter, Optional.of("pool 'x'\n  borrowed in:\n  at y")));
    }

    private static List<Boolean> kept(Tally penstock, int takenBack, Optional<Duration> namedAfter) {
        return report(penstock, takenBack, namedAfter).promises().stream()
                .map(Promise::kept)
                .toList();
    }

    @Test
    void theLimitsThemselvesAreKept() {
        assertThat(report(SERVING, 12, IN_TIME).promises())
                .containsExactly(
                        new Promise("code leaks: callers without a connection", "0 of 4", "0", true),
                        new Promise("code leaks: connections not taken back", "0 of 12", "0", true),
                        new Promise("code leaks: its place is named", "4 s", "4 s", true));
    }

    @Test
    void oneCallerWithoutAConnectionIsTooMany() {
        Borrow refused = new Borrow(1, at(5_000), Duration.ofSeconds(1), Ending.REFUSED);

        assertThat(kept(tally(Stream.concat(served(500), Stream.of(refused))), 12, IN_TIME))
                .containsExactly(false, true, true);
    }

    @Test
    void oneConnectionThatStaysLeakedIsTooMany() {
        assertThat(kept(SERVING, 11, IN_TIME)).containsExactly(true, false, true);
    }

    @Test
    void codeThatDoesNotLeakProvesNothing() {
        ActReport report = LeakingCode.describe(new Leaks(DEAD, SERVING, 0, 0, 0, IN_TIME, Optional.empty()));

        assertThat(report.promises().get(1).kept()).isFalse();
        assertThat(report.lines()).doesNotContain("What Penstock reports:");
    }

    @Test
    void thePlaceIsNamedInTime() {
        assertThat(kept(SERVING, 12, Optional.of(Duration.ofMillis(4_001)))).containsExactly(true, true, false);
        assertThat(kept(SERVING, 12, Optional.empty())).containsExactly(true, true, false);
    }

    @Test
    void bothPoolsStandSideBySide() {
        List<String> lines = report(SERVING, 12, IN_TIME).lines();

        assertThat(lines).contains("What Penstock reports:", "  pool 'x'", "    borrowed in:");
        assertThat(lines).anyMatch(line -> line.matches("connections leaked / taken back +5 / 0 +12 / 12"));
        assertThat(lines).anyMatch(line -> line.matches("plain +\\.#\\.#\\.+"));
    }
}
