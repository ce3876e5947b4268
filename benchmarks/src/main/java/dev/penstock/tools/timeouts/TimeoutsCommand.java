package dev.penstock.tools.timeouts;

import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.lab.postgres.TlsMaterial;
import dev.penstock.tools.Rules;
import dev.penstock.tools.report.Row;
import dev.penstock.tools.report.RowReport;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

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
            "Exit code 1 if a limit is broken or could not be measured."
        })
public final class TimeoutsCommand implements Callable<Integer> {
    /** Tells the servers where their binaries are. */
    private static final String BINARIES = "penstock.test.postgres.binaries";

    private static final String MAX_CONNECTIONS = "100";

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(names = "--quick", description = "Fewer repetitions; the limits are the same.")
    private boolean quick;

    @Option(
            names = "--only",
            paramLabel = "REGEX",
            description = "Only measurements whose name contains a match: vanished, crowd, runaway, write, idle,"
                    + " transaction, cancels, races, stopped.")
    private @Nullable String only;

    @Option(
            names = "--binaries",
            paramLabel = "DIR",
            description = "Where the jars with PostgreSQL 14, 15 and 16 lie; a build puts them there. Default:"
                    + " ${DEFAULT-VALUE}.")
    private Path binaries = Path.of("core/target/postgres-binaries");

    @Option(names = "--json", paramLabel = "FILE", description = "Writes all figures into this file as well.")
    private @Nullable Path json;

    @Override
    public Integer call() throws Exception {
        List<Measurement> chosen = chosen();
        PrintWriter out = spec.commandLine().getOut();
        out.println("Limits" + (quick ? ", quick" : "") + "; starting PostgreSQL ...");
        out.flush();
        RowReport report = run(chosen, out);
        report.lines().forEach(out::println);
        out.flush();
        if (json != null) {
            Files.writeString(json, report.json() + "\n");
        }
        return report.kept() ? 0 : 1;
    }

    private List<Measurement> chosen() {
        Rules rules = new Rules(spec);
        String regex = only == null ? "" : only;
        rules.require("--only", "must be a regular expression", regex, isPattern(regex));
        Pattern pattern = Pattern.compile(regex);
        List<Measurement> chosen = Measurements.all().stream()
                .filter(measurement -> pattern.matcher(measurement.name()).find())
                .toList();
        rules.require("--only", "must match the name of a measurement", regex, !chosen.isEmpty());
        return chosen;
    }

    private static boolean isPattern(String regex) {
        try {
            return Pattern.compile(regex) != null;
        } catch (PatternSyntaxException e) {
            return false;
        }
    }

    private RowReport run(List<Measurement> chosen, PrintWriter out) throws InterruptedException {
        if (System.getProperty(BINARIES) == null) {
            System.setProperty(BINARIES, binaries.toString());
        }
        try (TlsMaterial material = TlsMaterial.forNames("127.0.0.1");
                PostgresServer server = PostgresServer.builder()
                        .setting("max_connections", MAX_CONNECTIONS)
                        .tls(material)
                        .start()) {
            out.println(server + "; limits of 2 s, grace 1 s");
            Means means = new Means(server, quick ? Plan.QUICK : Plan.FULL, line -> progress(out, line));
            List<Row> rows = new ArrayList<>();
            for (Measurement measurement : chosen) {
                progress(out, measurement.name() + " ...");
                rows.addAll(measurement.rows(means));
            }
            return new RowReport(quick, rows);
        }
    }

    private static synchronized void progress(PrintWriter out, String line) {
        out.println("  " + line);
        out.flush();
    }
}
