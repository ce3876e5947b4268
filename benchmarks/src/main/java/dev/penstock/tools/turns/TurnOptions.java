package dev.penstock.tools.turns;

import dev.penstock.tools.Rules;
import picocli.CommandLine.Option;

/** The options of a benchmark whose sides take turns. Set by picocli; not thread-safe. */
public final class TurnOptions {
    @Option(
            names = "--forks",
            paramLabel = "N",
            defaultValue = "12",
            description = "JVMs per side, 2 to 100. Default ${DEFAULT-VALUE}.")
    private int forks;

    @Option(
            names = "--iterations",
            paramLabel = "N",
            defaultValue = "20",
            description = "Of the measurement, and as many before it to warm up, 1 to 100. Default ${DEFAULT-VALUE}.")
    private int iterations;

    @Option(
            names = "--time",
            paramLabel = "MS",
            defaultValue = "250",
            description = "Milliseconds per iteration, 10 to 10000. Default ${DEFAULT-VALUE}.")
    private int millis;

    /** Made by picocli. */
    public TurnOptions() {}

    /** What a command line with these options would give. */
    public static TurnOptions of(int forks, int iterations, int millis) {
        TurnOptions options = new TurnOptions();
        options.forks = forks;
        options.iterations = iterations;
        options.millis = millis;
        return options;
    }

    /** Refuses what is out of range. */
    public void check(Rules rules) {
        rules.between("--forks", 2, 100, forks);
        rules.between("--iterations", 1, 100, iterations);
        rules.between("--time", 10, 10_000, millis);
    }

    /** JVMs per side. */
    public int forks() {
        return forks;
    }

    /** In each JVM: to warm up, and again to measure. */
    public int iterations() {
        return iterations;
    }

    /** Length of an iteration. */
    public int millis() {
        return millis;
    }

    /** What a fork does, for the first line of a report. */
    public String perFork() {
        return "per fork a server, then " + iterations + " iterations of " + millis
                + " ms to warm up and as many measured";
    }
}
