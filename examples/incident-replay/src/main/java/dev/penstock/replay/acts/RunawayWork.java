package dev.penstock.replay.acts;

import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.replay.pools.Phases;
import dev.penstock.replay.pools.Pools;
import dev.penstock.replay.pools.Runaways;
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

/** Statements that never end, and a transaction that somebody has forgotten, over limits that the code has SET away. */
public final class RunawayWork implements Act {
    private static final int REPORTS = 10;
    private static final Duration BETWEEN_REPORTS = Duration.ofMillis(600);

    private static final Duration STEP = Duration.ofMillis(500);

    /** The limit, the grace, and what a busy machine takes. */
    private static final Duration CUT_WITHIN =
            Pools.SESSION_LIMIT.plus(Duration.ofSeconds(1)).plus(Duration.ofMillis(250));

    private static final FaultyCode.Course COURSE = new FaultyCode.Course(
            REPORTS,
            BETWEEN_REPORTS,
            "an order forgets its transaction; a report without a limit every " + Texts.of(BETWEEN_REPORTS),
            "reports run away",
            "no more reports",
            "no more reports");

    private final FaultyCode code;
    private @Nullable Runaways runaways;

    public RunawayWork(PostgresServer server) {
        this.code = new FaultyCode(server);
    }

    @Override
    public String title() {
        return "A statement that runs away, a transaction that is forgotten";
    }

    @Override
    public void play(Progress progress) throws InterruptedException, SQLException {
        Side plain = code.open(Pools::limitedByServer);
        Side penstock = code.open(Pools::limited);
        Phases phases = code.play(new Reporting(), COURSE, progress);
        Runaways.Work plainWork = plain.runaways();
        Runaways.Work penstockWork = penstock.runaways();
        runaways = new Runaways(plain.stop(phases), penstock.stop(phases), plainWork, penstockWork);
        close();
    }

    /** An order forgets its transaction; reports take a minute each. */
    private static final class Reporting implements FaultyCode.Fault {
        @Override
        public void begin(Side side) throws SQLException, InterruptedException {
            side.forgetTransaction();
        }

        @Override
        public void goOn(Side side) {
            side.runAway();
        }
    }

    @Override
    public ActReport report(Progress progress) {
        if (runaways == null) {
            throw new IllegalStateException("This act was not played");
        }
        return describe(runaways);
    }

    static ActReport describe(Runaways runaways) {
        List<String> lines = new ArrayList<>();
        lines.add("Both pools limit statements and idle transactions to " + Texts.of(Pools.SESSION_LIMIT)
                + ", the plain one by connectionInitSql, as runbooks have it. The code SETs both limits to 0. Every "
                + Texts.of(BETWEEN_REPORTS) + " a report begins that takes a minute, " + REPORTS + " times; one order"
                + " changes a row and then waits for a remote call, and the next order needs that row.");
        lines.add("");
        lines.addAll(runaways.timeline(STEP));
        lines.add("");
        lines.addAll(runaways.table().lines());
        lines.add("");
        lines.add(
                "The server has no limit any more, and the plain pool none of its own. Penstock sees on the socket that"
                        + " the session waits, or that nothing happens in an open transaction: it cancels the"
                        + " statement, and closes the socket of what cannot be cancelled.");
        runaways.penstockWork().told().ifPresent(told -> {
            lines.add("");
            lines.add("What the order was told at its commit:");
            lines.add("  " + told);
        });
        lines.add("");
        lines.add(
                "How it was measured: both pools at the same time, straight to one server; session.grace at its default"
                        + " of 1 s.");
        return new ActReport(lines, promises(runaways));
    }

    private static List<Promise> promises(Runaways runaways) {
        Runaways.Work work = runaways.penstockWork();
        return List.of(
                Promise.none(
                        "runaway reports: callers without a connection",
                        runaways.penstock().refused(),
                        runaways.penstock().borrows().size()),
                atMost(
                        "runaway reports: the last is cut after",
                        work.reports() == 0 ? Optional.empty() : work.longest()),
                atMost("forgotten transaction: its row is free after", work.lockWaited()),
                work.told()
                        .map(told -> new Promise("forgotten transaction: is told why", "yes", "yes", true))
                        .orElseGet(() -> Promise.broken("forgotten transaction: is told why", "no", "yes")));
    }

    private static Promise atMost(String text, Optional<Duration> measured) {
        return measured.map(time -> Promise.atMost(text, time, CUT_WITHIN))
                .orElseGet(() -> Promise.broken(text, "never", Texts.of(CUT_WITHIN)));
    }

    @Override
    public void close() {
        code.close();
    }
}
