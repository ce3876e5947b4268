package dev.penstock.tools.connect;

import dev.penstock.tools.pairs.Forks;
import dev.penstock.tools.pairs.PairResults;
import dev.penstock.tools.pairs.Unit;
import dev.penstock.tools.suite.Figure;
import dev.penstock.tools.suite.Figures;
import dev.penstock.tools.suite.Group;
import dev.penstock.tools.suite.Promised;
import dev.penstock.tools.suite.SuiteEffort;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A healthy connect and close to an address, in plain text or with TLS; of the latter nothing is promised. */
public final class ConnectGroup implements Group {
    private static final double MOST = 1.05;

    private final boolean tls;

    /** With TLS the server's certificate is checked. */
    public ConnectGroup(boolean tls) {
        this.tls = tls;
    }

    @Override
    public String name() {
        return tls ? "connect TLS" : "connect";
    }

    @Override
    public Duration takes(SuiteEffort effort) {
        return Duration.ofSeconds(
                switch (effort) {
                    case QUICK -> tls ? 25 : 28;
                    case FULL -> tls ? 220 : 260;
                });
    }

    @Override
    public List<Figure> measure(SuiteEffort effort, Consumer<String> progress)
            throws IOException, InterruptedException {
        String host = tls ? "localhost" : "127.0.0.1";
        ConnectRun run = switch (effort) {
            case QUICK -> new ConnectRun(host, tls, tls ? 1000 : 2000, 50, tls ? 60 : 100, 0);
            case FULL -> new ConnectRun(host, tls, 12_000, 500, 500, 0);
        };
        int forks = switch (effort) {
            case QUICK -> 3;
            case FULL -> tls ? 5 : 10;
        };
        PairResults results = new Forks(forks, Unit.MILLISECONDS, progress).measure(run.plan(), run.perFork());
        return Figures.paired("pgjdbc", "Penstock", results, Unit.MILLISECONDS, promise(effort, results));
    }

    private Figure.@Nullable Kept promise(SuiteEffort effort, PairResults results) {
        return tls ? null : Promised.atMost(effort, MOST, "x", results.ratio());
    }
}
