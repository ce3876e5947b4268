package dev.penstock.tools.leaks;

import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.tools.Rules;
import dev.penstock.tools.measure.Chosen;
import dev.penstock.tools.measure.MeasureOptions;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code leaks}: measures what the leak detection promises, through {@code PenstockHikariDataSource}. */
@Command(
        name = "leaks",
        mixinStandardHelpOptions = true,
        description = {
            "Measures the leak detection: planted leaks, reports, reclaiming, false accusations, cost of sweeps.",
            "Measurements: stack, delay, reclaim, accusations, sweep.",
            "Exit code 1 if a limit is broken or could not be measured."
        })
public final class LeaksCommand implements Callable<Integer> {
    private static final String MAX_CONNECTIONS = "300";

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    private final MeasureOptions options = new MeasureOptions();

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

    @Override
    public Integer call() throws Exception {
        new Rules(spec).require("--minutes", "must be 1 or more", minutes, minutes > 0);
        Chosen<Means> chosen = options.choose(Measurements.all());
        chosen.line("Leak detection" + (options.quick() ? ", quick" : "") + "; starting PostgreSQL ...");
        try (PostgresServer server = PostgresServer.builder()
                .setting("max_connections", MAX_CONNECTIONS)
                .start()) {
            chosen.line(server + "; seed " + seed);
            Duration load = Duration.ofMinutes(minutes);
            Plan plan = options.quick() ? Plan.quick(load) : Plan.full(load);
            return chosen.measure(new Means(server, plan, seed, chosen::progress));
        }
    }
}
