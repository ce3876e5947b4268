package dev.penstock.replay.acts;

import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.replay.pools.Comparison;
import dev.penstock.replay.pools.Phases;
import dev.penstock.replay.pools.Pools;
import dev.penstock.replay.pools.ProxiedSide;
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

/** A server that accepts connections and says nothing for ten seconds, then is well again. */
public final class SilentServer implements Act {
    private static final int BORROWERS = 20;
    private static final Duration HEALTHY = Duration.ofSeconds(2);
    private static final Duration OUTAGE = Duration.ofSeconds(10);
    private static final Duration AFTERWARDS = Duration.ofSeconds(20);
    private static final Duration STEP = Duration.ofMillis(500);

    /** The pause between two tries is 1.56 s at most, and a try that began in vain just before it is over takes 1 s. */
    private static final Duration LIMIT = Duration.ofSeconds(3);

    private final PostgresServer server;
    private @Nullable ProxiedSide plain;
    private @Nullable ProxiedSide penstock;
    private @Nullable Comparison comparison;

    public SilentServer(PostgresServer server) {
        this.server = server;
    }

    @Override
    public String title() {
        return "A server that accepts and says nothing for 10 s, then heals";
    }

    @Override
    public void play(Progress progress) throws InterruptedException {
        ProxiedSide left = ProxiedSide.open(server, Pools::hurriedPlain, BORROWERS);
        plain = left;
        ProxiedSide right = ProxiedSide.open(server, Pools::hurriedPenstock, BORROWERS);
        penstock = right;
        Side[] sides = {left.side(), right.side()};
        Watch.untilServing(sides);

        long start = System.nanoTime();
        progress.note("two pools of " + Pools.SIZE + ", " + BORROWERS + " borrowers each; all is well");
        Watch.over(HEALTHY, "healthy", progress, sides);
        long outage = System.nanoTime();
        left.fallSilent();
        right.fallSilent();
        progress.note("the server falls silent");
        Watch.over(OUTAGE, "server silent", progress, sides);
        long healed = System.nanoTime();
        left.heal();
        right.heal();
        progress.note("the server is well again");
        Watch.over(AFTERWARDS, "server well again", progress, sides);

        Optional<String> stuck = left.side().adderStuckIn();
        Phases phases = new Phases(start, outage, healed, System.nanoTime());
        comparison = new Comparison(left.side().stop(phases), right.side().stop(phases), stuck);
        close();
    }

    @Override
    public ActReport report(Progress progress) {
        if (comparison == null) {
            throw new IllegalStateException("This act was not played");
        }
        return describe(comparison);
    }

    static ActReport describe(Comparison comparison) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "What is open is reset, as in a fail-over. For 10 s new connections are accepted and never hear a word;"
                        + " then the server is well again. All the time " + BORROWERS
                        + " threads borrow from a pool of "
                        + Pools.SIZE + ", waiting " + Texts.of(Pools.CONNECTION_TIMEOUT)
                        + " at most (connectionTimeout).");
        lines.add("");
        lines.addAll(comparison.timeline(STEP));
        lines.add("");
        lines.addAll(comparison.table().lines());
        lines.add("");
        lines.addAll(comparison.explanation());
        lines.add("");
        lines.add("How it was measured: both pools at the same time, each with its own TCP proxy in front of the same"
                + " server and with the same HikariCP settings; sslmode and pgjdbc's limits at their defaults, Penstock's connect"
                + " deadline at " + Texts.of(Pools.DEADLINE) + ". Served means that SELECT 1 was answered.");
        return new ActReport(lines, List.of(promise(comparison.penstock())));
    }

    private static Promise promise(Tally penstock) {
        String text = "server heals: Penstock's pool serves again";
        return penstock.recoveredAfter()
                .map(time -> Promise.atMost(text, time, LIMIT))
                .orElseGet(() -> Promise.broken(text, "never", Texts.of(LIMIT)));
    }

    @Override
    public void close() {
        if (plain != null) {
            plain.close();
        }
        if (penstock != null) {
            penstock.close();
        }
    }
}
