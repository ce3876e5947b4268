package dev.penstock.tools.pairs;

import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.lab.postgres.TlsMaterial;
import dev.penstock.lab.stats.Interval;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Starts a server, runs one fork after the other against it, and says what came of it. */
public final class Forks {
    private final PairOptions options;
    private final Unit unit;
    private final PrintWriter out;

    /** Reports to {@code out}, times in that unit. */
    public Forks(PairOptions options, Unit unit, PrintWriter out) {
        this.options = options;
        this.unit = unit;
        this.out = out;
    }

    /**
     * Measures, and judges the upper end of the interval.
     *
     * @param perFork what a fork does, for the first line
     * @param most what Penstock against plain may be
     * @return the exit code
     */
    public int compare(ForkPlan plan, String perFork, double most) throws IOException, InterruptedException {
        try (TlsMaterial material = TlsMaterial.forNames("localhost");
                PostgresServer server = PostgresServer.builder().tls(material).start()) {
            out.println(server + ", SCRAM, " + (plan.tls() ? "sslmode=verify-full" : "sslmode=disable") + ", host "
                    + plan.host() + "; per fork " + perFork);
            out.flush();
            return report(run(server, plan), most);
        }
    }

    private List<ForkResult> run(PostgresServer server, ForkPlan plan) throws IOException, InterruptedException {
        Fork fork = new Fork(server);
        List<ForkResult> results = new ArrayList<>();
        for (int i = 1; i <= options.forks(); i++) {
            ForkResult result = fork.run(plan, i);
            results.add(result);
            out.println(String.format(
                    Locale.ROOT,
                    "fork %3d of %d: plain %s, penstock %s, ratio %.3f (of medians %.3f)",
                    i,
                    options.forks(),
                    unit.text(result.plainMean()),
                    unit.text(result.penstockMean()),
                    result.ratio(),
                    result.medianRatio()));
            out.flush();
        }
        return results;
    }

    private int report(List<ForkResult> results, double most) {
        Interval ratio = interval(results, ForkResult::ratio);
        boolean kept = ratio.high() <= most;
        out.println("ratio of medians, for comparison: " + text(interval(results, ForkResult::medianRatio)));
        out.println("penstock / plain: " + text(ratio));
        out.println(String.format(
                Locale.ROOT,
                "upper 95 %% bound %.3f, %s %.3f: %s",
                ratio.high(),
                kept ? "not above" : "ABOVE",
                most,
                kept ? "as promised" : "BROKEN"));
        out.flush();
        return options.isChecked() && !kept ? 1 : 0;
    }

    private static Interval interval(List<ForkResult> results, ToDoubleFunction<ForkResult> ratio) {
        return Interval.ofRatios(results.stream().mapToDouble(ratio).toArray());
    }

    private static String text(Interval interval) {
        return String.format(
                Locale.ROOT, "%.3f, 95 %% interval %.3f to %.3f", interval.estimate(), interval.low(), interval.high());
    }
}
