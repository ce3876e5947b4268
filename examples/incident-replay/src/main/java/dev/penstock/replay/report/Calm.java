package dev.penstock.replay.report;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Locale;

/**
 * How much else the machine had to do: times measured on a busy one say little about the code.
 *
 * @param load average number of threads that wanted to run in the last minute; negative if it is not known
 * @param stall the longest time that this JVM did not get to run
 */
public record Calm(double load, int cores, Duration stall) {
    private static final double BUSY = 1.5;
    private static final Duration LONG_STALL = Duration.ofMillis(250);

    /** As it is now. */
    public static Calm now(Duration stall) {
        return new Calm(
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                Runtime.getRuntime().availableProcessors(),
                stall);
    }

    /** Whether a broken promise may be the machine's fault. */
    public boolean isBusy() {
        return load > BUSY * cores || stall.compareTo(LONG_STALL) > 0;
    }

    public String text() {
        String average = load < 0 ? "" : String.format(Locale.ROOT, "load average %.1f on %d cores, ", load, cores);
        return average + "longest stall of this JVM " + Texts.of(stall);
    }
}
