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
    private static final int BORROWERS = 20;
    private static final Duration HEALTHY = Duration.ofSeconds(1);
    private static final int REPORTS = 10;
    private static final Duration BETWEEN_REPORTS = Duration.ofMillis(600);

    /** The last report has been cut by then. */
    private static final Duration AFTERWARDS = Duration.ofSeconds(3);

    private static final Duration STEP = Duration.ofMillis(500);

    /** The limit, the grace, and what a busy machine takes. */
    private static final Duration CUT_WITHIN =
            Pools.SESSION_LIMIT.plus(Duration.ofSeconds(1)).plus(Duration.ofMillis(250));

    private final PostgresServer server;
    private final List<Side> open = new ArrayList<>();
    private @Nullable Runaways runaways;

    public RunawayWork(PostgresServer server) {
        this.server = server;
    }

    @Override
    public String title() {
        return "A statement that runs away, a transaction that is forgotten";
    }

    @Override
    public void play(Progress progress) throws InterruptedException, SQLException {
        Side plain = open(Pools::limitedByServer);
        Side penstock = open(Pools::limited);
        Side[] sides = {plain, penstock};
        Watch.untilServing(sides);

        long start = System.nanoTime();
        progress.note("two pools of " + Pools.SIZE + ", " + BORROWERS + " borrowers each; all is well");
        Watch.over(HEALTHY, "healthy", progress, sides);
        long running = System.nanoTime();
        progress.note("an order forgets its transaction; a report without a limit every " + Texts.of(BETWEEN_REPORTS));
        for (Side side : sides) {
            side.forgetTransaction();
        }
        for (int report = 0; report < REPORTS; report++) {
            open.forEach(Side::runAway);
            Watch.over(BETWEEN_REPORTS, "reports run away", progress, sides);
        }
        long mended = System.nanoTime();
        progress.note("no more reports");
        Watch.over(AFTERWARDS, "no more reports", progress, sides);

        Phases phases = new Phases(start, running, mended, System.nanoTime());
        Runaways.Work plainWork = plain.runaways();
        Runaways.Work penstockWork = penstock.runaways();
        runaways = new Runaways(plain.stop(phases), penstock.stop(phases), plainWork, penstockWork);
        close();
    }

    private Side open(Pools.Kind kind) {
        Side side = Side.open(server, kind, BORROWERS);
        open.add(side);
        return side;
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
                        + " the session waits, or that nothing happens in an open transaction: it cancels the statement, and closes"
                        + " the socket of what cannot be cancelled.");
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
        open.forEach(Side::close);
        open.clear();
    }
}
