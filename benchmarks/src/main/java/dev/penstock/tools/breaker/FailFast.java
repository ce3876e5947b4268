package dev.penstock.tools.breaker;

import dev.penstock.PoolUnavailableException;
import dev.penstock.tools.report.Row;
import dev.penstock.tools.report.RowVerdict;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import javax.sql.DataSource;

/**
 * How long a call takes that is refused at once: pool empty, breaker open, {@code gate.failFastAfter} zero, the server
 * silent, and probes going on meanwhile.
 */
final class FailFast {
    private static final int THREADS = 4;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final Duration DEADLINE = Duration.ofSeconds(1);
    private static final double LIMIT_MILLIS = 2;

    private FailFast() {}

    static List<Row> rows(Means means) throws Exception {
        Setup setup = Setup.DEFAULTS.withDeadline(DEADLINE).withFailFastAfter(Duration.ZERO);
        try (Stage stage = Stage.healthy(means.server(), setup)) {
            stage.lose(Fault.SILENT);
            int connects = stage.events().connects();
            long begunAt = System.nanoTime();
            long[] nanos = calls(stage.pool(), means.plan().calls() / THREADS);
            return List.of(row(
                    nanos,
                    stage.events().closings(),
                    stage.events().connects() - connects,
                    System.nanoTime() - begunAt));
        }
    }

    private static Row row(long[] nanos, int closings, int probes, long took) {
        double p99 = percentile(nanos, 0.99) / 1e6;
        boolean oneOutage = closings == 0;
        return Row.of(
                        "fail-fast latency, pool empty, p99",
                        String.format(Locale.ROOT, "%.3f ms of %d calls", p99, nanos.length)
                                + (oneOutage ? "" : ", THE OUTAGE ENDED"),
                        "2 ms",
                        RowVerdict.of(oneOutage && p99 <= LIMIT_MILLIS))
                .with(List.of(String.format(
                        Locale.ROOT,
                        "%d threads for %.1f s, %d probes meanwhile; median %.3f ms, p99.9 %.3f ms, longest %.3f ms",
                        THREADS,
                        took / 1e9,
                        probes,
                        percentile(nanos, 0.5) / 1e6,
                        percentile(nanos, 0.999) / 1e6,
                        percentile(nanos, 1) / 1e6)))
                .with(Map.of("calls", nanos.length, "p50Millis", percentile(nanos, 0.5) / 1e6, "p99Millis", p99));
    }

    /** Of sorted values, the smallest that at least this share of them does not exceed. */
    static long percentile(long[] sorted, double share) {
        return sorted[Math.max(0, (int) Math.ceil(sorted.length * share) - 1)];
    }

    private static long[] calls(DataSource pool, int each) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<long[]>> work = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                work.add(() -> refusals(pool, each));
            }
            LongStream all = LongStream.empty();
            for (Future<long[]> done : threads.invokeAll(work)) {
                all = LongStream.concat(all, Arrays.stream(done.get()));
            }
            return all.sorted().toArray();
        } finally {
            threads.shutdownNow();
        }
    }

    private static long[] refusals(DataSource pool, int count) throws SQLException {
        long[] nanos = new long[count];
        for (int i = 0; i < count; i++) {
            nanos[i] = refusal(pool);
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return nanos;
    }

    private static long refusal(DataSource pool) throws SQLException {
        long begunAt = System.nanoTime();
        try (Connection connection = pool.getConnection()) {
            throw new IllegalStateException("served although no server is there: " + connection);
        } catch (PoolUnavailableException e) {
            return System.nanoTime() - begunAt;
        }
    }
}
