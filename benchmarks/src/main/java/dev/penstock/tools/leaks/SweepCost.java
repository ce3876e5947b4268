package dev.penstock.tools.leaks;

import dev.penstock.lab.Await;
import dev.penstock.tools.report.Row;
import dev.penstock.tools.report.RowVerdict;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What the one sweeper costs that looks at a hundred thousand leases of a thousand pools. The JVM's own sweeper does the
 * work, and its processor time is what counts: on a machine that others use too, time on the clock would be theirs.
 */
final class SweepCost {
    private static final int POOLS = 1_000;
    private static final Duration SUSPECT_AFTER = Duration.ofSeconds(8);
    private static final Duration SAMPLE = Duration.ofMillis(20);
    private static final double LIMIT_MILLIS = 20;
    private static final double LIMIT_SHARE = 0.5;

    /**
     * From the last lease to the beginning: the suspects are reported after 8, 16, 32 and 64 s; what is watched lies
     * between the last two of these, as does most of a day.
     */
    private static final Duration WARM = Duration.ofSeconds(34);

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private SweepCost() {}

    static List<Row> rows(Means means) throws Exception {
        try (ManyLeases leases = ManyLeases.watched(POOLS, SUSPECT_AFTER)) {
            long lentAt = System.nanoTime();
            means.progress().accept(leases.size() + " leases on loan");
            long sweeper = sweeper();
            Await.until("1 % is suspect", Reports.PATIENCE, () -> leases.suspects() == POOLS);
            TimeUnit.NANOSECONDS.sleep(WARM.toNanos() - (System.nanoTime() - lentAt));
            return measured(sweeper, leases, means.plan().steady());
        }
    }

    private static long sweeper() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("penstock-sweeper"))
                .findFirst()
                .orElseThrow()
                .getId();
    }

    /** Looks at what the thread has used every so often: what lies between two pauses is one sweep. */
    private static List<Row> measured(long sweeper, ManyLeases leases, Duration time) throws InterruptedException {
        long begunAt = System.nanoTime();
        long cpuBefore = THREADS.getThreadCpuTime(sweeper);
        List<Long> sweeps = new ArrayList<>();
        long last = cpuBefore;
        long sweep = 0;
        while (System.nanoTime() - begunAt < time.toNanos()) {
            TimeUnit.NANOSECONDS.sleep(SAMPLE.toNanos());
            long now = THREADS.getThreadCpuTime(sweeper);
            if (now != last) {
                sweep += now - last;
            } else if (sweep > 0) {
                sweeps.add(sweep);
                sweep = 0;
            }
            last = now;
        }
        long took = System.nanoTime() - begunAt;
        return rows(sweeps, (last - cpuBefore) * 100.0 / took, leases.suspects());
    }

    private static List<Row> rows(List<Long> sweeps, double share, long suspects) {
        double worst = sweeps.stream().mapToLong(Long::longValue).max().orElse(Long.MAX_VALUE) / 1e6;
        double mean = sweeps.stream().mapToLong(Long::longValue).average().orElse(0) / 1e6;
        String of = "100,000 leases of 1,000 pools, 1 % suspect: ";
        return List.of(
                Row.of(
                                of + "one sweep",
                                String.format(Locale.ROOT, "worst %.1f ms, mean %.1f ms", worst, mean),
                                "20 ms",
                                RowVerdict.of(worst <= LIMIT_MILLIS))
                        .with(List.of(sweeps.size() + " sweeps, " + suspects
                                + " suspects; processor time of the sweeper's thread"))
                        .with(Map.of("worstMillis", worst, "meanMillis", mean)),
                Row.of(
                                of + "sweeper's share of a core",
                                String.format(Locale.ROOT, "%.2f %%", share),
                                "0.50 %",
                                RowVerdict.of(share <= LIMIT_SHARE))
                        .with(Map.of("percent", share)));
    }
}
