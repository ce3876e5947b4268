package dev.penstock.tools.connect;

import dev.penstock.tools.Rules;
import dev.penstock.tools.pairs.Forks;
import dev.penstock.tools.pairs.PairOptions;
import dev.penstock.tools.pairs.Unit;
import dev.penstock.tools.report.Lines;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code bench connect}: a healthy connect and close, the connector against pgjdbc alone.
 *
 * <p><b>How it is measured.</b> In pairs of one connect each, see {@link dev.penstock.tools.pairs}.
 *
 * <p><b>What it does not show.</b> Connects follow each other at once, so Penstock's worker thread is still there from
 * the one before; {@code --pause 400} lets it end in between. And both sides are warm, from
 * connects to a stub in the same JVM: what runs once per connect is compiled for good after more than five thousand
 * (HotSpot's {@code Tier4InvocationThreshold}), the driver's after half as many pairs, as both sides have it run, and
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
public final class ConnectBenchCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private PairOptions options;

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
            defaultValue = "12000",
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

    @Option(
            names = "--most",
            paramLabel = "RATIO",
            defaultValue = "1.05",
            description = "What the upper 95 %% bound may be. Default ${DEFAULT-VALUE}, which is the promise.")
    private double most;

    @Override
    public Integer call() throws Exception {
        checkOptions();
        ConnectRun run =
                new ConnectRun(options.tls() ? "localhost" : host, options.tls(), stub, warmUp, cycles, pauseMillis);
        Consumer<String> lines = Lines.to(spec.commandLine().getOut());
        lines.accept("Connect and close, penstock against plain pgjdbc; starting PostgreSQL ...");
        boolean kept = new Forks(options.forks(), Unit.MILLISECONDS, lines).compare(run.plan(), run.perFork(), most);
        return options.isChecked() && !kept ? 1 : 0;
    }

    private void checkOptions() {
        Rules rules = new Rules(spec);
        options.check(rules);
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
}
