package dev.penstock.tools.breaker;

import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.tools.Rules;
import dev.penstock.tools.report.Repeats;
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
 * {@code breaker}: measures what the circuit breaker and the gate promise, through {@code PenstockHikariDataSource} and
 * faults before a real PostgreSQL.
 *
 * <p>What is judged is the whole time, stalls of the machine included; a reading beyond its limit that was taken while
 * the machine itself stood still is repeated and reported ({@link Repeats}).
 */
@Command(
        name = "breaker",
        mixinStandardHelpOptions = true,
        description = {
            "Measures the circuit breaker and the gate: outages before a real PostgreSQL, and how callers fare.",
            "Exit code 1 if a limit is broken or could not be measured."
        })
public final class BreakerCommand implements Callable<Integer> {
    private static final String MAX_CONNECTIONS = "300";

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--quick",
            description = "Fewer repetitions and shorter outages; their limits are the same, but a minute of attempts"
                    + " becomes 15 s with a limit in proportion.")
    private boolean quick;

    @Option(
            names = "--only",
            paramLabel = "REGEX",
            description = "Only measurements whose name contains a match: recovery, restart, opening, limits,"
                    + " fail-fast, release, idle, attempts, jitter.")
    private @Nullable String only;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes all figures into this file as well.")
    private @Nullable Path json;

    @Override
    public Integer call() throws Exception {
        List<Measurement> chosen = chosen();
        PrintWriter out = spec.commandLine().getOut();
        out.println("Breaker and gate, " + (quick ? "quick, about two minutes" : "about eight minutes")
                + "; starting PostgreSQL ...");
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
        try (PostgresServer server = PostgresServer.builder()
                .setting("max_connections", MAX_CONNECTIONS)
                .start()) {
            out.println(server + "; 20 borrowers, pools of 10 with HikariCP's defaults but for what the rows say");
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
