package dev.penstock.tools.pairs;

import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.lab.postgres.TlsMaterial;
import dev.penstock.lab.stats.Interval;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Starts a server, runs one fork after the other against it, and says what came of it. */
public final class Forks {
    private final int count;
    private final Unit unit;
    private final Consumer<String> lines;

    /** So many forks, 2 or more; says in {@code lines} what they measure, times in that unit. */
    public Forks(int count, Unit unit, Consumer<String> lines) {
        this.count = count;
        this.unit = unit;
        this.lines = lines;
    }

    /**
     * Measures.
     *
     * @param perFork what a fork does, for the first line
     */
    public PairResults measure(ForkPlan plan, String perFork) throws IOException, InterruptedException {
        try (TlsMaterial material = TlsMaterial.forNames("localhost");
                PostgresServer server = PostgresServer.builder()
                        .tls(material)
                        .listenAddresses(plan.listenAddresses())
                        .start()) {
            lines.accept(server + ", SCRAM, " + (plan.tls() ? "sslmode=verify-full" : "sslmode=disable") + ", host "
                    + plan.host() + "; per fork " + perFork);
            return run(plan, new Fork(server, plan.oneProcessor() ? kept(server) : null));
        }
    }

    /** The processor that the server is kept on from here on; null, and said, if that cannot be done. */
    private @Nullable Processor kept(PostgresServer server) throws InterruptedException {
        Processor processor = Processor.first().orElse(null);
        try {
            if (processor == null) {
                throw new IOException("this system does not tell which processors there are");
            }
            processor.keep(server.pid());
            lines.accept("server and JVMs are all on " + processor);
            return processor;
        } catch (IOException e) {
            lines.accept("server and JVMs are on any processor, which scatters: " + e.getMessage());
            return null;
        }
    }

    private PairResults run(ForkPlan plan, Fork fork) throws IOException, InterruptedException {
        List<ForkResult> results = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            ForkResult result = fork.run(plan, i);
            results.add(result);
            lines.accept(String.format(
                    Locale.ROOT,
                    "fork %3d of %d: plain %s, penstock %s, ratio %.3f (of medians %.3f)",
                    i,
                    count,
                    unit.text(result.plainMean()),
                    unit.text(result.penstockMean()),
                    result.ratio(),
                    result.medianRatio()));
        }
        return new PairResults(results);
    }

    /**
     * Measures, and judges the upper end of the interval.
     *
     * @param perFork what a fork does, for the first line
     * @param most what Penstock against plain may be
     * @return whether it is no more
     */
    public boolean compare(ForkPlan plan, String perFork, double most) throws IOException, InterruptedException {
        PairResults results = measure(plan, perFork);
        Interval ratio = results.ratio();
        boolean kept = ratio.high() <= most;
        lines.accept("ratio of medians, for comparison: " + text(results.medianRatio()));
        lines.accept("penstock / plain: " + text(ratio));
        lines.accept(String.format(
                Locale.ROOT,
                "upper 95 %% bound %.3f, %s %.3f: %s",
                ratio.high(),
                kept ? "not above" : "ABOVE",
                most,
                kept ? "as promised" : "BROKEN"));
        return kept;
    }

    private static String text(Interval interval) {
        return String.format(
                Locale.ROOT, "%.3f, 95 %% interval %.3f to %.3f", interval.estimate(), interval.low(), interval.high());
    }
}
