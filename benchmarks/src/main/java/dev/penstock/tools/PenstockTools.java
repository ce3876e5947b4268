package dev.penstock.tools;

import dev.penstock.tools.addresses.AddressesCommand;
import dev.penstock.tools.breaker.BreakerCommand;
import dev.penstock.tools.budget.BudgetCommand;
import dev.penstock.tools.deadlines.DeadlinesCommand;
import dev.penstock.tools.leaks.LeaksCommand;
import dev.penstock.tools.outage.CellCommand;
import dev.penstock.tools.outage.OutageCommand;
import dev.penstock.tools.server.MaskedInput;
import dev.penstock.tools.suite.BenchCommand;
import dev.penstock.tools.timeouts.BusyCommand;
import dev.penstock.tools.timeouts.TimeoutsCommand;
import dev.penstock.tools.tune.TuneCommand;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Root command of {@code penstock-tools}.
 *
 * <p>Exit codes: 0 a promise is kept, 1 it is broken or could not be measured, 2 bad input; {@code budget} has its own,
 * because there 1 and 2 are verdicts.
 */
@Command(
        name = "penstock-tools",
        description = "Measures what Penstock promises, counts connections, and finds sizes for pools.",
        mixinStandardHelpOptions = true,
        versionProvider = PenstockTools.Version.class,
        subcommands = {
            DeadlinesCommand.class,
            AddressesCommand.class,
            BreakerCommand.class,
            LeaksCommand.class,
            TimeoutsCommand.class,
            OutageCommand.class,
            BudgetCommand.class,
            TuneCommand.class,
            BenchCommand.class,
            CellCommand.class,
            BusyCommand.class
        })
public final class PenstockTools implements Runnable {
    /** What a shell shows after Ctrl-C: 128 and the signal's number. */
    private static final int INTERRUPTED = 130;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    /** Ends the JVM with the exit code; servers and forks end by their shutdown hooks, after Ctrl-C as well. */
    public static void main(String[] args) {
        AtomicBoolean interrupted = new AtomicBoolean();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> interrupted.set(true), "tools-end"));
        System.exit(commandLine()
                .setOut(utf8(FileDescriptor.out))
                .setErr(utf8(FileDescriptor.err))
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    if (interrupted.get()) {
                        return INTERRUPTED; // what fails now fails because its server is gone
                    }
                    throw failure;
                })
                .execute(args));
    }

    /** Whatever the locale: in that of many a container a name that is not ASCII would become question marks. */
    private static PrintWriter utf8(FileDescriptor descriptor) {
        return new PrintWriter(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    /** The whole command line, for callers that want no exit. */
    public static CommandLine commandLine() {
        CommandLine tools = new CommandLine(new PenstockTools())
                .registerConverter(Duration.class, new DurationConverter())
                .setUsageHelpAutoWidth(true)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .addSubcommand(JmhCommand.commandLine())
                .setAllowSubcommandsAsOptionParameters(true); // bench --only gate: not the subcommand
        return tools.setParameterExceptionHandler(new MaskedInput(tools.getParameterExceptionHandler()));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a subcommand must be given, but there was none");
    }

    /** The version in the jar's manifest. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = PenstockTools.class.getPackage().getImplementationVersion();
            return new String[] {"penstock-tools " + (version == null ? "(development build)" : version)};
        }
    }
}
