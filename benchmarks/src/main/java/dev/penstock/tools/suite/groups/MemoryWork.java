package dev.penstock.tools.suite.groups;

import com.zaxxer.hikari.HikariDataSource;
import dev.penstock.lab.Await;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.DoubleStream;

/** Heap and threads of many pools, and of what they lend. Details: pools of one connection, pools of ten, ms to settle. */
final class MemoryWork {
    static final List<Integer> SIZES = List.of(1, 10);
    static final String LEASE = "lease";

    private static final int LENDING = 10;

    private static final int SETTLING = 2;

    /** By then the sweeper has seen a lease twice. */
    private static final Duration SEEN = Duration.ofMillis(1_500);

    private static final int COLLECTIONS = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Assignment assignment;
    private final Map<String, Double> figures = new LinkedHashMap<>();

    private MemoryWork(Assignment assignment) {
        this.assignment = assignment;
    }

    static String heap(int size) {
        return "heap, " + size;
    }

    static String threads(int size) {
        return "threads, " + size;
    }

    static Map<String, Double> measure(Assignment assignment) throws SQLException, InterruptedException {
        MemoryWork work = new MemoryWork(assignment);
        try (HikariDataSource first =
                assignment.side().open(assignment.target(), 1)) { // what all share is there with it
            first.getConnection().close();
            work.settle();
            for (int i = 0; i < SIZES.size(); i++) {
                work.measure(assignment.number(i), SIZES.get(i));
            }
        }
        return work.figures;
    }

    private void measure(int pools, int size) throws SQLException, InterruptedException {
        double heap = heap();
        int threads = liveThreads();
        List<HikariDataSource> open = new ArrayList<>();
        try {
            for (int i = 0; i < pools; i++) {
                open.add(assignment.side().open(assignment.target(), size));
            }
            settle();
            figures.put(heap(size), (heap() - heap) / pools);
            figures.put(threads(size), (double) (liveThreads() - threads) / pools);
            if (size == LENDING) {
                figures.put(LEASE, leaseBytes(open, size));
            }
        } finally {
            open.forEach(HikariDataSource::close);
        }
        int before = threads;
        Await.until("the threads of closed pools have ended", PATIENCE, () -> liveThreads() <= before);
    }

    private void settle() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(assignment.number(SETTLING));
    }

    /**
     * Of connections that have been on loan before: what is kept for them from then on is the pool's, and what the
     * sweeper has still to enter of leases that have ended is nobody's.
     */
    private static double leaseBytes(List<HikariDataSource> open, int size) throws SQLException, InterruptedException {
        giveBack(lend(open, size));
        TimeUnit.NANOSECONDS.sleep(SEEN.toNanos());
        double before = heap();
        List<Connection> lent = lend(open, size);
        TimeUnit.NANOSECONDS.sleep(SEEN.toNanos());
        double bytes = (heap() - before) / lent.size();
        giveBack(lent);
        return bytes;
    }

    private static List<Connection> lend(List<HikariDataSource> open, int size) throws SQLException {
        List<Connection> lent = new ArrayList<>(open.size() * size);
        for (HikariDataSource pool : open) {
            for (int i = 0; i < size; i++) {
                lent.add(pool.getConnection());
            }
        }
        return lent;
    }

    private static void giveBack(List<Connection> lent) throws SQLException {
        for (Connection connection : lent) {
            connection.close();
        }
    }

    private static int liveThreads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }

    /** Bytes in use when all has been collected that can be; the least of several looks. */
    private static double heap() {
        return DoubleStream.generate(MemoryWork::heapOnce)
                .limit(COLLECTIONS)
                .min()
                .orElseThrow();
    }

    private static double heapOnce() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
