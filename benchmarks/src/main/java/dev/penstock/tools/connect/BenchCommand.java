package dev.penstock.tools.connect;

import dev.penstock.tools.borrow.BorrowBenchCommand;
import dev.penstock.tools.gate.GateBenchCommand;
import dev.penstock.tools.limits.LimitsBenchCommand;
import dev.penstock.tools.limits.LimitsForkCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench}: what things cost. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures what Penstock costs.",
        subcommands = {
            ConnectBenchCommand.class,
            GateBenchCommand.class,
            BorrowBenchCommand.class,
            LimitsBenchCommand.class,
            ConnectForkCommand.class,
            LimitsForkCommand.class
        })
public final class BenchCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a benchmark must be named, but there was none");
    }
}
