package dev.penstock.tools.connect;

import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.lab.postgres.TlsMaterial;
import dev.penstock.tools.Rules;
import dev.penstock.tools.report.Interval;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code bench connect}: a healthy connect and close, the connector against pgjdbc alone.
 *
 * <p><b>How it is measured.</b> Most of a connect is the server's work (a process is forked, SCRAM is computed on both
 * sides), and that drifts by more than Penstock could cost. So both sides are measured in one JVM in pairs, the order
 * within a pair drawn at random: what drifts slowly hits both alike. What one JVM does to both (compilation, memory
 * layout) is evened out by many JVMs, started one after the other. Each fork gives one figure: the mean
 * difference within a pair, against the mean of plain, each without a tenth at either end. Unlike a ratio of medians it
 * does see a cost that comes up in every fifth connect only, unlike plain means it is not decided by one stall, and
 * what changes from pair to pair, such as other work on the machine, cancels out. The forks are the independent
 * observations: geometric mean over them and Student's t on the logarithms give the 95 % interval, whose upper end is
 * judged.
 *
 * <p><b>What it does not show.</b> Connects follow each other at once, so Penstock's worker thread is still there from
 * the one before; {@code --pause 400} lets it end in between. And both sides are warm, from
 * connects to a stub in the same JVM: the code of either takes thousands of connects until it is compiled, and
 * Penstock's, of which there is more, costs some tenths of a millisecond until then; {@code --stub 0 --warm-up 0} shows
 * it.
 */
@Command(
        name = "connect",
        mixinStandardHelpOptions = true,
        description = {
            "Healthy connect and close through Penstock against the plain driver: paired, in random order, over many"
                    + " forked JVMs. Prints the ratio with its 95 %% interval."
        })
final class ConnectBenchCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = {"--forks", "--pairs"},
            paramLabel = "N",
            defaultValue = "15",
            description = "JVMs, each of which measures both sides, 2 to 200. Default ${DEFAULT-VALUE}.")
    private int forks;

    @Option(
            names = "--cycles",
            paramLabel = "N",
            defaultValue = "500",
            description = "Measured pairs of connects per fork, 10 to 100000. Default ${DEFAULT-VALUE}.")
    private int cycles;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "500",
            description = "Pairs before that, 0 to 100000. Default ${DEFAULT-VALUE}.")
    private int warmUp;

    @Option(
            names = "--stub",
            paramLabel = "N",
            defaultValue = "5000",
            description = "Pairs of connects to a stub in the same JVM before that, so that the code of both sides is"
                    + " compiled, 0 to 1000000. Default ${DEFAULT-VALUE}.")
    private int stub;

    @Option(
            names = "--pause",
            paramLabel = "MS",
            defaultValue = "0",
            description = "Idle milliseconds before each connect, 0 to 10000. Default ${DEFAULT-VALUE}.")
    private int pauseMillis;

    @Option(
            names = "--host",
            paramLabel = "HOST",
            defaultValue = "127.0.0.1",
            description = "127.0.0.1, or localhost to measure the look-up of a name too. Default ${DEFAULT-VALUE}.")
    private String host = "";

    @Option(names = "--tls", description = "sslmode=verify-full instead of disable; the host is localhost then.")
    private boolean tls;

    @Option(
            names = "--most",
            paramLabel = "RATIO",
            defaultValue = "1.05",
            description = "What the upper 95 %% bound may be. Default ${DEFAULT-VALUE}, which is the promise.")
    private double most;

    @Option(names = "--check", description = "Exit code 1 if the bound is above that.")
    private boolean check;

    @Override
    public Integer call() throws Exception {
        checkOptions();
        PrintWriter out = spec.commandLine().getOut();
        ConnectPlan plan = new ConnectPlan(tls ? "localhost" : host, tls, stub, warmUp, cycles, pauseMillis);
        out.println("Connect and close, penstock against plain pgjdbc; starting PostgreSQL ...");
        out.flush();
        try (TlsMaterial material = TlsMaterial.forNames("localhost");
                PostgresServer server = PostgresServer.builder().tls(material).start()) {
            out.println(server + ", SCRAM, " + (tls ? "sslmode=verify-full" : "sslmode=disable") + ", host "
                    + plan.host() + "; per fork " + stub + " pairs to a stub, " + warmUp
                    + " to warm up, " + cycles + " measured"
                    + (pauseMillis > 0 ? ", " + pauseMillis + " ms idle before each connect" : ""));
            out.flush();
            return report(runForks(server, plan, out), out);
        }
    }

    private void checkOptions() {
        Rules rules = new Rules(spec);
        rules.between("--forks", 2, 200, forks);
        rules.between("--cycles", 10, 100_000, cycles);
        rules.between("--warm-up", 0, 100_000, warmUp);
        rules.between("--stub", 0, 1_000_000, stub);
        rules.between("--pause", 0, 10_000, pauseMillis);
        rules.require(
                "--host",
                "must be 127.0.0.1 or localhost",
                host,
                List.of("127.0.0.1", "localhost").contains(host));
        rules.require("--most", "must be above 0", most, most > 0);
    }

    private List<ForkResult> runForks(PostgresServer server, ConnectPlan plan, PrintWriter out)
            throws IOException, InterruptedException {
        Fork fork = new Fork(server);
        List<ForkResult> results = new ArrayList<>();
        for (int i = 1; i <= forks; i++) {
            ForkResult result = fork.run(plan, i);
            results.add(result);
            out.println(String.format(
                    Locale.ROOT,
                    "fork %3d of %d: plain %7.3f ms, penstock %7.3f ms, ratio %.3f (of medians %.3f)",
                    i,
                    forks,
                    result.plainMean() / 1e6,
                    result.penstockMean() / 1e6,
                    result.ratio(),
                    result.medianRatio()));
            out.flush();
        }
        return results;
    }

    private int report(List<ForkResult> results, PrintWriter out) {
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
        return check && !kept ? 1 : 0;
    }

    private static Interval interval(List<ForkResult> results, ToDoubleFunction<ForkResult> ratio) {
        return Interval.ofRatios(results.stream().mapToDouble(ratio).toArray());
    }

    private static String text(Interval interval) {
        return String.format(
                Locale.ROOT, "%.3f, 95 %% interval %.3f to %.3f", interval.estimate(), interval.low(), interval.high());
    }
}
