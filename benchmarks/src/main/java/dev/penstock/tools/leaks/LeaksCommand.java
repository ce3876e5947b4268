package dev.penstock.tools.leaks;

import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.tools.Rules;
import dev.penstock.tools.report.Row;
import dev.penstock.tools.report.RowReport;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

/** {@code leaks}: measures what the leak detection promises, through {@code PenstockHikariDataSource}. */
@Command(
        name = "leaks",
        mixinStandardHelpOptions = true,
        description = {
            "Measures the leak detection: planted leaks, reports, reclaiming, false accusations, cost of sweeps.",
            "Exit code 1 if a limit is broken or could not be measured."
        })
public final class LeaksCommand implements Callable<Integer> {
    private static final String MAX_CONNECTIONS = "300";

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(names = "--quick", description = "Fewer repetitions; the limits are the same.")
    private boolean quick;

    @Option(
            names = "--only",
            paramLabel = "REGEX",
            description = "Only measurements whose name contains a match: stack, delay, reclaim, accusations, sweep.")
    private @Nullable String only;

    @Option(
            names = "--minutes",
            defaultValue = "1",
            description = "How long the mixed load runs; 10 for the record. Default: ${DEFAULT-VALUE}.")
    private int minutes;

    @Option(
            names = "--seed",
            defaultValue = "4",
            description = "Of all that is left to chance. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes all figures into this file as well.")
    private @Nullable Path json;

    @Override
    public Integer call() throws Exception {
        List<Measurement> chosen = chosen();
        PrintWriter out = spec.commandLine().getOut();
        out.println("Leak detection" + (quick ? ", quick" : "") + "; starting PostgreSQL ...");
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
        rules.require("--minutes", "must be 1 or more", minutes, minutes > 0);
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
        Duration load = Duration.ofMinutes(minutes);
        try (PostgresServer server = PostgresServer.builder()
                .setting("max_connections", MAX_CONNECTIONS)
                .start()) {
            out.println(server + "; seed " + seed);
            Means means =
                    new Means(server, quick ? Plan.quick(load) : Plan.full(load), seed, line -> progress(out, line));
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
