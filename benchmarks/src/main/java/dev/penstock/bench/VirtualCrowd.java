package dev.penstock.bench;

import dev.penstock.tools.pools.OpenPool;
import dev.penstock.tools.pools.Target;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What {@link ScalingBenchmark} does, by virtual threads. Not by JMH: its workers, when they wait for each other at the
 * ends of an iteration, go on borrowing, and a thousand of them spend minutes in that. A borrower gives the processor to
 * others while it holds a connection, or if it does not hold it, after: a virtual thread that never waits would keep
 * the others from running at all.
 */
public final class VirtualCrowd {
    private final DataSource pool;
    private final int hold;
    private final LongAdder borrows = new LongAdder();
    private final AtomicReference<@Nullable SQLException> failure = new AtomicReference<>();
    private volatile boolean over;

    private VirtualCrowd(DataSource pool, int hold) {
        this.pool = pool;
        this.hold = hold;
    }

    /**
     * What one borrow and return took in one iteration.
     *
     * @param cpuNanos of processor time of all threads
     * @param clockNanos from one to the next of all threads
     */
    public record Cost(double cpuNanos, double clockNanos) {}

    /**
     * Warms up for as long as it measures.
     *
     * @param hold as {@link ScalingBenchmark#hold}
     * @param iterations of the measurement
     * @param millis length of each
     * @throws Exception what a borrow has thrown, or {@link NoSuchMethodException} before JDK 21
     */
    public static List<Cost> measure(Side side, Target target, int threads, int hold, int iterations, int millis)
            throws Exception {
        OpenPool pool = side.open(target, ScalingBenchmark.CONNECTIONS);
        try {
            return new VirtualCrowd(pool.dataSource(), hold).measure(threads, iterations, millis);
        } finally {
            pool.closing().close();
        }
    }

    private List<Cost> measure(int count, int iterations, int millis)
            throws SQLException, ReflectiveOperationException, InterruptedException {
        List<Cost> costs = costs(count, iterations, millis);
        SQLException thrown = failure.get();
        if (thrown != null) {
            throw thrown;
        }
        return costs;
    }

    private List<Cost> costs(int count, int iterations, int millis)
            throws ReflectiveOperationException, InterruptedException {
        List<Thread> threads = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                threads.add(virtual(this::borrowAndReturn));
            }
            TimeUnit.MILLISECONDS.sleep((long) iterations * millis);
            List<Cost> costs = new ArrayList<>();
            for (int i = 0; i < iterations; i++) {
                costs.add(iteration(millis));
            }
            return costs;
        } finally {
            over = true;
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }

    private static Thread virtual(Runnable task) throws ReflectiveOperationException {
        return (Thread)
                Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, task);
    }

    private Cost iteration(int millis) throws InterruptedException {
        Map<Long, Long> cpuBefore = cpuNanos();
        long countBefore = borrows.sum();
        long begunAt = System.nanoTime();
        TimeUnit.MILLISECONDS.sleep(millis);
        double count = Math.max(1, borrows.sum() - countBefore);
        double clock = System.nanoTime() - begunAt;
        return new Cost(ThreadsCpu.spent(cpuBefore, cpuNanos()) / count, clock / count);
    }

    /** Those that carry virtual threads are among them. */
    private static Map<Long, Long> cpuNanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        Map<Long, Long> nanos = new HashMap<>();
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null) {
                nanos.put(thread.getThreadId(), Math.max(0, threads.getThreadCpuTime(thread.getThreadId())));
            }
        }
        return nanos;
    }

    @SuppressWarnings("ThreadPriorityCheck") // others are to run
    private void borrowAndReturn() {
        while (!over) {
            try {
                Connection connection = pool.getConnection();
                borrows.increment();
                ScalingBenchmark.work(hold);
                connection.close();
            } catch (SQLException e) {
                failure.compareAndSet(null, e);
                over = true;
            }
            if (hold == 0) {
                Thread.yield();
            }
        }
    }
}
