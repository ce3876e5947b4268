package dev.penstock.tools.breaker;

import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.tools.measure.Chosen;
import dev.penstock.tools.measure.MeasureOptions;
import dev.penstock.tools.report.Repeats;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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
            "Measurements: recovery, restart, opening, limits, fail-fast, release, idle, attempts, jitter.",
            "With --quick outages are shorter too, and a minute of attempts becomes 15 s with a limit in proportion.",
            "Exit code 1 if a limit is broken or could not be measured."
        })
public final class BreakerCommand implements Callable<Integer> {
    private static final String MAX_CONNECTIONS = "300";

    @Mixin
    private final MeasureOptions options = new MeasureOptions();

    @Override
    public Integer call() throws Exception {
        Chosen<Means> chosen = options.choose(Measurements.all());
        chosen.line("Breaker and gate, " + (options.quick() ? "quick, about two minutes" : "about eight minutes")
                + "; starting PostgreSQL ...");
        try (PostgresServer server = PostgresServer.builder()
                .setting("max_connections", MAX_CONNECTIONS)
                .start()) {
            chosen.line(server + "; 20 borrowers, pools of 10 with HikariCP's defaults but for what the rows say");
            return chosen.measure(new Means(server, options.quick() ? Plan.QUICK : Plan.FULL, chosen::progress));
        }
    }
}
