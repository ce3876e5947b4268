package dev.penstock.tools.addresses;

import dev.penstock.lab.fault.Loopback;
import dev.penstock.lab.postgres.PostgresServer;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code addresses}: measures the connects that must succeed although addresses are dead, silent or slow.
 *
 * <p>What is timed is one call until the caller has the connection; whether it is usable is asked after that. Of
 * several repetitions the worst is judged; one that is late while the machine itself stood still is repeated and
 * reported. Where two sides are compared ({@link Pairs}) it is by their medians.
 */
@Command(
        name = "addresses",
        mixinStandardHelpOptions = true,
        description = {
            "Measures connects that must succeed: dead, silent and slow addresses before a real PostgreSQL, beside"
                    + " plain pgjdbc.",
            "Exit code 1 if a limit is broken or this machine lacks the addresses 127.0.0.2 to 127.0.0.24."
        })
public final class AddressesCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--quick",
            description = "Fewer repetitions; without the cases that wait for 6 s and 12 s, and without plain pgjdbc.")
    private boolean quick;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        List<InetAddress> missing = Loopback.missing(AddressCases.ALL);
        if (!missing.isEmpty()) {
            out.println("NOT MEASURED: this machine has no " + missing.get(0).getHostAddress());
            out.flush();
            return 1;
        }
        out.println("Connects that must succeed, " + (quick ? "quick" : "about half a minute")
                + "; starting PostgreSQL ...");
        out.flush();
        AddressReport report = run(out);
        report.lines().forEach(out::println);
        out.flush();
        return report.kept() ? 0 : 1;
    }

    private AddressReport run(PrintWriter out) throws Exception {
        Plan plan = quick ? Plan.QUICK : Plan.FULL;
        try (PostgresServer server = PostgresServer.builder()
                .listenAddresses("127.0.0.1," + AddressCases.GOOD.getHostAddress())
                .start()) {
            out.println(server + "; setting up 11 black holes ...");
            out.flush();
            return new AddressReport(AddressCases.run(server, plan, line -> progress(out, line)));
        }
    }

    private static void progress(PrintWriter out, String line) {
        out.println("  " + line);
        out.flush();
    }
}
