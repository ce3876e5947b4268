package dev.penstock.replay.acts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.replay.pools.Borrow;
import dev.penstock.replay.pools.Borrow.Ending;
import dev.penstock.replay.pools.Phases;
import dev.penstock.replay.pools.Restart;
import dev.penstock.replay.pools.Tally;
import dev.penstock.replay.report.ActReport;
import dev.penstock.replay.report.Promise;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KilledServerTest {
    private static final Phases PHASES = new Phases(at(0), at(2_000), at(11_000), at(18_000));
    private static final Tally RIDDEN_OUT = tally(allServedAt(13_999, 14_000));
    private static final Tally REFUSED = tally(refusals(100, 10));

    private static long at(long millis) {
        return millis * 1_000_000;
    }

    private static Tally tally(Stream<Borrow> borrows) {
        return new Tally(borrows.toList(), PHASES);
    }

    /** All but the last of twenty-five callers at the one time, the last at the other. */
    private static Stream<Borrow> allServedAt(long millis, long last) {
        return IntStream.rangeClosed(1, 25)
                .mapToObj(caller ->
                        new Borrow(caller, at(caller < 25 ? millis : last), Duration.ofSeconds(9), Ending.SERVED));
    }

    /** One that had to wait, and then so many of which each took so long. */
    private static Stream<Borrow> refusals(int count, long millis) {
        return Stream.concat(
                Stream.of(refusal(4_000, 2_000)), IntStream.range(0, count).mapToObj(i -> refusal(4_100 + i, millis)));
    }

    private static Borrow refusal(long end, long waited) {
        return new Borrow(1, at(end), Duration.ofMillis(waited), Ending.REFUSED);
    }

    private static ActReport report(Tally penstock, Tally failFast) {
        return KilledServer.describe(new Restart(RIDDEN_OUT, penstock, failFast, Optional.empty()));
    }

    private static List<Boolean> kept(Tally penstock, Tally failFast) {
        return report(penstock, failFast).promises().stream().map(Promise::kept).toList();
    }

    @Test
    void theLimitsThemselvesAreKept() {
        assertThat(report(RIDDEN_OUT, REFUSED).promises())
                .containsExactly(
                        new Promise("server restarts: callers without a connection", "0 of 25", "0", true),
                        new Promise("server restarts: all 25 callers served again", "3 s", "3 s", true),
                        new Promise("server away: callers refused at once, p99", "10.0 ms", "10.0 ms", true));
    }

    @Test
    void oneCallerWithoutAConnectionIsTooMany() {
        Tally oneFailed = tally(Stream.concat(allServedAt(13_000, 13_000), Stream.of(refusal(13_500, 1))));

        assertThat(kept(oneFailed, REFUSED)).containsExactly(false, true, true);
    }

    @Test
    void aConnectionThatBreaksOnLoanIsTheServersDoing() {
        Borrow broken = new Borrow(1, at(2_001), Duration.ZERO, Ending.BROKEN);

        assertThat(kept(tally(Stream.concat(allServedAt(13_000, 13_000), Stream.of(broken))), REFUSED))
                .containsExactly(true, true, true);
    }

    @Test
    void theLastCallerDecides() {
        assertThat(kept(tally(allServedAt(11_100, 14_001)), REFUSED)).containsExactly(true, false, true);
        assertThat(kept(tally(allServedAt(11_100, 18_000)), REFUSED)).containsExactly(true, false, true);
    }

    @Test
    void whoComesLaterIsRefusedAtOnce() {
        assertThat(kept(RIDDEN_OUT, tally(refusals(100, 11)))).containsExactly(true, true, false);
    }

    @Test
    void aFewRefusalsProveNothing() {
        ActReport report = report(RIDDEN_OUT, tally(refusals(99, 1)));

        assertThat(report.promises().get(2).measured()).isEqualTo("99 refused");
        assertThat(report.promises().get(2).kept()).isFalse();
        assertThat(kept(RIDDEN_OUT, RIDDEN_OUT)).containsExactly(true, true, false);
    }

    @Test
    void whatTheRefusedAreToldIsQuotedLineByLine() {
        ActReport report = KilledServer.describe(new Restart(
                RIDDEN_OUT, RIDDEN_OUT, REFUSED, Optional.of("pool 'x' is empty\n  db:5432  TCP: refused")));

        assertThat(report.lines())
                .contains(
                        "What they are told, 8 s after the kill:", "  pool 'x' is empty", "    db:5432  TCP: refused");
    }

    @Test
    void theThreePoolsStandSideBySide() {
        List<String> lines = report(RIDDEN_OUT, REFUSED).lines();

        assertThat(lines).anyMatch(line -> line.startsWith("            well|away             |back"));
        assertThat(lines).anyMatch(line -> line.matches("plain +\\.{27}#.*"));
        assertThat(lines).anyMatch(line -> line.matches("all 25 callers served again after +3 s +3 s +not in 7 s"));
        assertThat(lines).anyMatch(line -> line.matches("refused at once: p99 +- +- +10\\.0 ms"));
    }
}
