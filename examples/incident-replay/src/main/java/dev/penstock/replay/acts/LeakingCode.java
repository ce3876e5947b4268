package dev.penstock.replay.acts;

import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.replay.pools.LeakWatch;
import dev.penstock.replay.pools.Leaks;
import dev.penstock.replay.pools.Phases;
import dev.penstock.replay.pools.Pools;
import dev.penstock.replay.pools.Side;
import dev.penstock.replay.report.ActReport;
import dev.penstock.replay.report.Progress;
import dev.penstock.replay.report.Promise;
import dev.penstock.replay.report.Texts;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Code that borrows again and again on threads that end, and never closes. */
public final class LeakingCode implements Act {
    private static final int PAGES = 12;
    private static final Duration BETWEEN_PAGES = Duration.ofMillis(600);

    private static final Duration STEP = Duration.ofMillis(500);

    /** Three pages, until one is known and every borrow has its stack captured, and what a report takes. */
    private static final Duration NAMED_LIMIT = Duration.ofSeconds(4);

    /** Of a report: the rest is stacks. */
    private static final int QUOTED = 9;

    private static final FaultyCode.Course COURSE = new FaultyCode.Course(
            PAGES,
            BETWEEN_PAGES,
            "an export leaks a connection every " + Texts.of(BETWEEN_PAGES),
            "code leaks",
            "the export is over",
            "no more leaks");

    private final FaultyCode code;
    private @Nullable Leaks leaks;

    public LeakingCode(PostgresServer server) {
        this.code = new FaultyCode(server);
    }

    @Override
    public String title() {
        return "Code that borrows and does not give back";
    }

    @Override
    public void play(Progress progress) throws InterruptedException, SQLException {
        LeakWatch watch = new LeakWatch();
        Side plain = code.open(Pools::leakDetecting);
        Side penstock = code.open((url, credentials) -> Pools.reclaiming(url, credentials, watch));
        Phases phases = code.play(Side::leak, COURSE, progress);
        Optional<Duration> namedAfter = watch.namedAt().isPresent()
                ? Optional.of(Duration.ofNanos(watch.namedAt().getAsLong() - phases.outage()))
                : Optional.empty();
        leaks = new Leaks(
                plain.stop(phases),
                penstock.stop(phases),
                plain.leaked(),
                penstock.leaked(),
                watch.takenBack(),
                namedAfter,
                watch.report());
        close();
    }

    @Override
    public ActReport report(Progress progress) {
        if (leaks == null) {
            throw new IllegalStateException("This act was not played");
        }
        return describe(leaks);
    }

    static ActReport describe(Leaks leaks) {
        List<String> lines = new ArrayList<>();
        lines.add("Every " + Texts.of(BETWEEN_PAGES) + " a thread borrows a connection and ends without close(), "
                + PAGES + " times. All the time " + FaultyCode.BORROWERS + " threads borrow from a pool of "
                + Pools.SIZE
                + ", waiting " + Texts.of(Pools.CONNECTION_TIMEOUT) + " at most (connectionTimeout).");
        lines.add("");
        lines.addAll(leaks.timeline(STEP));
        lines.add("");
        lines.addAll(leaks.table().lines());
        lines.add("");
        lines.add(
                "The plain pool is dead as soon as it has lost all its connections: its leakDetectionThreshold, which is"
                        + " set, logs a stack for each of them, and for whatever else is slow, and changes nothing. Penstock sees that"
                        + " the thread has ended and that the session is quiet; with leases.reclaim=dead-owner it takes the"
                        + " connection back.");
        leaks.report().ifPresent(report -> quote(report, lines));
        lines.add("");
        lines.add(
                "How it was measured: both pools at the same time, straight to one server, HikariCP and pgjdbc at their"
                        + " defaults but for what is said above; leases.suspectAfter at "
                        + Texts.of(Pools.SUSPECT_AFTER)
                        + " (default: 30 s). The stacks of most borrows are not captured: the first leak makes Penstock look"
                        + " closer.");
        return new ActReport(lines, promises(leaks));
    }

    private static void quote(String report, List<String> lines) {
        lines.add("");
        lines.add("What Penstock reports:");
        report.lines().limit(QUOTED).forEach(line -> lines.add("  " + line));
    }

    private static List<Promise> promises(Leaks leaks) {
        String named = "code leaks: its place is named";
        int kept = leaks.leaked() - leaks.takenBack();
        return List.of(
                Promise.none(
                        "code leaks: callers without a connection",
                        leaks.penstock().refused(),
                        leaks.penstock().borrows().size()),
                leaks.leaked() == 0
                        ? Promise.broken("code leaks: connections not taken back", "no leak", "0")
                        : Promise.none("code leaks: connections not taken back", kept, leaks.leaked()),
                leaks.namedAfter()
                        .map(time -> Promise.atMost(named, time, NAMED_LIMIT))
                        .orElseGet(() -> Promise.broken(named, "never", Texts.of(NAMED_LIMIT))));
    }

    @Override
    public void close() {
        code.close();
    }
}
