package dev.penstock.tools.limits;

import dev.penstock.tools.Rules;
import dev.penstock.tools.pairs.Forks;
import dev.penstock.tools.pairs.PairOptions;
import dev.penstock.tools.pairs.Unit;
import dev.penstock.tools.report.Lines;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code bench limits}: a round trip of {@code select 1} with every limit set and none of them reached, Penstock above
 * and below HikariCP against HikariCP and pgjdbc alone.
 *
 * <p><b>How it is measured.</b> In pairs of one batch of round trips each, see {@link dev.penstock.tools.pairs}. Each
 * side has a pool of one connection to the same server; a batch borrows it, and the time runs while it has it. Leases
 * are watched, as they are by default. Before the measurement each fork asks both sessions which limits they have. Both
 * connect anew again and again: which memory and which processor one server process happens to have makes more of a
 * difference than Penstock, for as long as it lives. And server and JVM are kept on one processor, where a round trip is
 * at its quickest and Penstock's share at its largest: else the operating system has them on two now and on one then,
 * and a wake-up that has to cross costs more than the whole round trip. {@code --spread} leaves that to it.
 *
 * <p><b>What it does not show.</b> The thread that looks at the sessions wakes up in the batches of both sides alike,
 * so what that takes from the application, which is next to nothing, is not in the difference. Two parts are: what the
 * client's line costs, and what it costs the server to start and stop its own clocks for each statement and each pause;
 * {@code --both} has the plain side's server do the same, so that only the client's part is left.
 */
@Command(
        name = "limits",
        mixinStandardHelpOptions = true,
        description = {
            "Round trips of 'select 1' with all five limits set through Penstock against plain HikariCP and pgjdbc:"
                    + " paired, in random order, over many forked JVMs. Prints the ratio with its 95 %% interval."
        })
@SuppressWarnings("NullAway.Init") // set by picocli
public final class LimitsBenchCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private PairOptions options;

    @Option(
            names = "--cycles",
            paramLabel = "N",
            defaultValue = "2000",
            description = "Measured pairs of batches per fork, 10 to 100000. Default ${DEFAULT-VALUE}.")
    private int cycles;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Pairs before that, 0 to 100000. Default ${DEFAULT-VALUE}.")
    private int warmUp;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "50",
            description =
                    "Round trips of one side before it is the other's turn, 1 to 10000. Default" + " ${DEFAULT-VALUE}.")
    private int batch;

    @Option(
            names = "--reconnect",
            paramLabel = "N",
            defaultValue = "50",
            description = "Pairs after which both sides connect anew, 0 (never) to 100000. Default ${DEFAULT-VALUE}.")
    private int reconnect;

    @Option(
            names = "--statement",
            description = "A new statement for each round trip, instead of one prepared statement per batch.")
    private boolean statement;

    @Option(
            names = "--both",
            description = "The plain side's session has the same limits, on the server alone: what is left is what the"
                    + " client's part costs.")
    private boolean both;

    @Option(
            names = "--spread",
            description =
                    "The operating system says which processors server and JVM run on. Without it both are kept on"
                            + " one, where Linux's taskset is at hand.")
    private boolean spread;

    @Option(
            names = "--most",
            paramLabel = "RATIO",
            defaultValue = "1.02",
            description = "What the upper 95 %% bound may be. Default ${DEFAULT-VALUE}, which is the promise.")
    private double most;

    @Override
    public Integer call() throws Exception {
        checkOptions();
        LimitsRun run = new LimitsRun(
                options.tls(),
                warmUp,
                cycles,
                batch,
                reconnect,
                statement ? Work.STATEMENT : Work.PREPARED,
                both,
                !spread);
        Consumer<String> lines = Lines.to(spec.commandLine().getOut());
        lines.accept("Round trip with all limits, penstock against plain HikariCP and pgjdbc"
                + (both ? " with the server's own limits" : "") + "; starting PostgreSQL ...");
        boolean kept = new Forks(options.forks(), Unit.MICROSECONDS, lines).compare(run.plan(), run.perFork(), most);
        return options.isChecked() && !kept ? 1 : 0;
    }

    private void checkOptions() {
        Rules rules = new Rules(spec);
        options.check(rules);
        rules.between("--cycles", 10, 100_000, cycles);
        rules.between("--warm-up", 0, 100_000, warmUp);
        rules.between("--batch", 1, 10_000, batch);
        rules.between("--reconnect", 0, 100_000, reconnect);
        rules.require("--most", "must be above 0", most, most > 0);
    }
}
