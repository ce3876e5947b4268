package dev.penstock.replay.acts;

import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.replay.pools.Phases;
import dev.penstock.replay.pools.Pools;
import dev.penstock.replay.pools.Restart;
import dev.penstock.replay.pools.Side;
import dev.penstock.replay.pools.Tally;
import dev.penstock.replay.report.ActReport;
import dev.penstock.replay.report.Progress;
import dev.penstock.replay.report.Promise;
import dev.penstock.replay.report.Texts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A server that is killed and started again eight seconds later. At their defaults both pools serve every caller,
 * late; who would rather hear at once that there is nothing to be had sets {@code gate.failFastAfter}.
 */
public final class KilledServer implements Act {
    private static final int BORROWERS = 20;
    private static final Duration HEALTHY = Duration.ofSeconds(2);
    private static final Duration AWAY = Duration.ofSeconds(8);

    /** Until more callers come: the pools are empty by then, and whoever waits inside one is not asked to leave. */
    private static final Duration UNTIL_LATECOMERS = Duration.ofSeconds(1);

    private static final int LATECOMERS = 5;
    private static final int CALLERS = BORROWERS + LATECOMERS;

    /** Plain HikariCP may sleep for 5 s between two tries. */
    private static final Duration AFTERWARDS = Duration.ofSeconds(7);

    private static final Duration STEP = Duration.ofMillis(500);

    private static final Duration AGAIN_LIMIT = Duration.ofSeconds(3);

    /** A thousand times what it takes: on a busy machine a thread may lose its core in between. */
    private static final Duration REFUSAL_LIMIT = Duration.ofMillis(10);

    /** In the six seconds that are left the latecomers alone make six hundred. */
    private static final int ENOUGH_REFUSALS = 100;

    private @Nullable PostgresServer server;
    private final List<Side> open = new ArrayList<>();
    private @Nullable Restart restart;

    @Override
    public String title() {
        return "A server that is killed and comes back after 8 s, everything at its defaults";
    }

    /** It has a server of its own: the other acts need theirs. */
    @Override
    public void play(Progress progress) throws InterruptedException {
        PostgresServer mortal = PostgresServer.start();
        server = mortal;
        Side plain = open(mortal, Pools::plain);
        Side penstock = open(mortal, Pools::penstock);
        Side failFast = open(mortal, Pools::failFast);
        Side[] sides = {plain, penstock, failFast};
        Watch.untilServing(sides);

        long start = System.nanoTime();
        progress.note("three pools of " + Pools.SIZE + ", " + BORROWERS + " borrowers each; all is well");
        Watch.over(HEALTHY, "healthy", progress, sides);
        long outage = System.nanoTime();
        mortal.kill9();
        progress.note("the server is killed (kill -9)");
        Watch.over(UNTIL_LATECOMERS, "server away", progress, sides);
        open.forEach(side -> side.callers(LATECOMERS));
        Watch.over(AWAY.minus(UNTIL_LATECOMERS), "server away", progress, sides);
        Optional<String> told = failFast.told();
        progress.note("the server is started again");
        mortal.restart();
        long back = System.nanoTime();
        progress.note("the server is back");
        Watch.over(AFTERWARDS, "server back", progress, sides);

        Phases phases = new Phases(start, outage, back, System.nanoTime());
        restart = new Restart(plain.stop(phases), penstock.stop(phases), failFast.stop(phases), told);
        close();
    }

    private Side open(PostgresServer mortal, Pools.Kind kind) {
        Side side = Side.open(mortal, kind, BORROWERS);
        open.add(side);
        return side;
    }

    @Override
    public ActReport report(Progress progress) {
        if (restart == null) {
            throw new IllegalStateException("This act was not played");
        }
        return describe(restart);
    }

    static ActReport describe(Restart restart) {
        List<String> lines = new ArrayList<>();
        lines.add("Every process of the server is killed; it is started again 8 s later and recovers. All the time "
                + BORROWERS + " threads borrow from a pool of " + Pools.SIZE + ", waiting 30 s at most"
                + " (connectionTimeout, the default); " + LATECOMERS + " more come " + Texts.of(UNTIL_LATECOMERS)
                + " after the kill. The third pool has gate.failFastAfter at " + Texts.of(Pools.FAIL_FAST_AFTER) + ".");
        lines.add("");
        lines.addAll(restart.timeline(STEP));
        lines.add("");
        lines.addAll(restart.table(CALLERS).lines());
        lines.add("");
        lines.add("A short outage is ridden out with Penstock as without it: callers wait, within their own limit, and"
                + " are served late. With gate.failFastAfter whoever comes is told at once, as soon as an outage has"
                + " lasted that long and the pool is empty. Who had gone into the pool before it was empty waits there:"
                + " Penstock interrupts nobody.");
        restart.told().ifPresent(told -> quote(told, lines));
        lines.add("");
        lines.add("How it was measured: all pools at the same time, straight to one server; but for the size and what"
                + " is said above HikariCP, pgjdbc and Penstock are at their defaults. Failed means that SELECT 1 was not"
                + " answered. At once are those who came after the first had been refused. The server is back when it"
                + " accepts connections.");
        return new ActReport(lines, promises(restart));
    }

    private static void quote(String told, List<String> lines) {
        lines.add("");
        lines.add("What they are told, " + Texts.of(AWAY) + " after the kill:");
        told.lines().forEach(line -> lines.add("  " + line));
    }

    private static List<Promise> promises(Restart restart) {
        Tally penstock = restart.penstock();
        String again = "server restarts: all " + CALLERS + " callers served again";
        return List.of(
                Promise.none(
                        "server restarts: callers without a connection",
                        penstock.refused(),
                        penstock.borrows().size()),
                penstock.allRecoveredAfter(CALLERS)
                        .map(time -> Promise.atMost(again, time, AGAIN_LIMIT))
                        .orElseGet(() -> Promise.broken(again, "not all", Texts.of(AGAIN_LIMIT))),
                refusals(restart.failFast()));
    }

    private static Promise refusals(Tally failFast) {
        String text = "server away: callers refused at once, p99";
        int count = failFast.countRefusedAtOnce();
        return failFast.refusedWithin(Restart.MOST)
                .filter(time -> count >= ENOUGH_REFUSALS)
                .map(time -> Promise.atMost(text, time, REFUSAL_LIMIT))
                .orElseGet(() -> Promise.broken(text, count + " refused", Texts.of(REFUSAL_LIMIT)));
    }

    /** The pools go first: they would look for a server that has gone. */
    @Override
    public void close() {
        open.forEach(Side::close);
        open.clear();
        if (server != null) {
            server.close();
        }
    }
}
