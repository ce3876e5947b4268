package dev.penstock.tools.timeouts;

import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.lab.postgres.TlsMaterial;
import dev.penstock.tools.measure.Chosen;
import dev.penstock.tools.measure.MeasureOptions;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code timeouts}: measures whether limits hold, through {@code PenstockHikariDataSource}: with the server's own line
 * taken away, with packets dropped, with cancel requests that hang.
 *
 * <p>What is judged is the whole time, stalls of the machine included; a reading beyond its limit that was taken while
 * the machine itself stood still is repeated and reported.
 */
@Command(
        name = "timeouts",
        mixinStandardHelpOptions = true,
        description = {
            "Measures limits of statements and transactions: runaway statements, vanished servers, lost cancels.",
            "Dropping packets takes a network namespace of its own: root, or a kernel that allows it to others.",
            "Measurements: vanished, crowd, runaway, write, idle, transaction, cancels, races, back-to-back, allowed,"
                    + " stopped.",
            "Exit code 1 if a limit is broken or could not be measured."
        })
public final class TimeoutsCommand implements Callable<Integer> {
    /** Tells the servers where their binaries are. */
    private static final String BINARIES = "penstock.test.postgres.binaries";

    private static final String MAX_CONNECTIONS = "100";

    @Mixin
    private final MeasureOptions options = new MeasureOptions();

    @Option(
            names = "--binaries",
            paramLabel = "DIR",
            description = "Where the jars with PostgreSQL 14, 15 and 16 lie; a build puts them there. Default:"
                    + " ${DEFAULT-VALUE}.")
    private Path binaries = Path.of("core/target/postgres-binaries");

    @Override
    public Integer call() throws Exception {
        Chosen<Means> chosen = options.choose(Measurements.all());
        chosen.line("Limits" + (options.quick() ? ", quick" : "") + "; starting PostgreSQL ...");
        if (System.getProperty(BINARIES) == null) {
            System.setProperty(BINARIES, binaries.toString());
        }
        try (TlsMaterial material = TlsMaterial.forNames("127.0.0.1");
                PostgresServer server = PostgresServer.builder()
                        .setting("max_connections", MAX_CONNECTIONS)
                        .setting("wal_level", "logical")
                        .tls(material)
                        .start()) {
            chosen.line(server + "; limits of 2 s, grace 1 s");
            return chosen.measure(new Means(server, options.quick() ? Plan.QUICK : Plan.FULL, chosen::progress));
        }
    }
}
