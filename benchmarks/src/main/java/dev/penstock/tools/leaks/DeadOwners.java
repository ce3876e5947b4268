package dev.penstock.tools.leaks;

import dev.penstock.ReclaimPolicy;
import dev.penstock.lab.Await;
import dev.penstock.tools.report.Row;
import dev.penstock.tools.report.RowVerdict;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Fifty leaks by threads that end, in a pool of ten with {@code reclaim=dead-owner}, while others work. */
final class DeadOwners {
    private static final int SIZE = 10;
    private static final int LEAKS = 50;
    private static final int WORKERS = 6;
    private static final Duration SUSPECT_AFTER = Duration.ofSeconds(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private DeadOwners() {}

    static List<Row> rows(Means means) throws Exception {
        try (WatchedPool pool = WatchedPool.open(
                means.server(),
                SIZE,
                TIMEOUT,
                leases -> leases.suspectAfter(SUSPECT_AFTER).reclaim(ReclaimPolicy.DEAD_OWNER))) {
            Work work = new Work(pool, means.seed());
            long begunAt = System.nanoTime();
            List<Connection> held = leakAll(pool);
            long leakedAt = System.nanoTime();
            boolean allBack = Await.holdsWithin(
                    Reports.PATIENCE, () -> pool.reports().reclaimed().size() >= LEAKS);
            long backAt = System.nanoTime();
            List<Throwable> harmed = work.end();
            int borrowable = borrowable(pool);
            return rows(
                    pool,
                    work,
                    harmed,
                    held,
                    new Times(leakedAt - begunAt, backAt - leakedAt),
                    allBack ? borrowable : -1);
        }
    }

    private record Times(long leaking, long reclaiming) {}

    /** Whoever finds the pool full tries again: it is the leaks that have filled it. */
    private static List<Connection> leakAll(WatchedPool pool) throws Exception {
        List<Connection> held = new ArrayList<>();
        while (held.size() < LEAKS) {
            try {
                Object unused = Leaker.leakAndDie(pool.dataSource(), "mortal-" + held.size(), held);
            } catch (SQLTransientConnectionException e) {
                // the pool is full
            }
        }
        return held;
    }

    /** How many connections can be on loan at once. */
    private static int borrowable(WatchedPool pool) throws SQLException {
        List<Connection> all = new ArrayList<>();
        try {
            for (int i = 0; i < SIZE; i++) {
                Connection connection = pool.dataSource().getConnection();
                all.add(connection);
                if (!connection.isValid(5)) {
                    return i;
                }
            }
            return all.size();
        } catch (SQLTransientConnectionException e) {
            return all.size();
        } finally {
            for (Connection connection : all) {
                connection.close();
            }
        }
    }

    private static List<Row> rows(
            WatchedPool pool, Work work, List<Throwable> harmed, List<Connection> held, Times times, int borrowable) {
        long wrong = pool.reports().reclaimed().stream()
                .filter(event -> !event.report().lease().thread().name().startsWith("mortal-"))
                .count();
        List<String> remarks = new ArrayList<>(List.of(
                held.size() + " leaks in " + times.leaking() / 1_000_000 + " ms, the last slot back "
                        + times.reclaiming() / 1_000_000 + " ms after the last leak (suspectAfter 1 s)",
                work.served.get() + " units of work served, " + work.timedOut.get()
                        + " timed out while the pool was full"));
        harmed.stream().limit(3).forEach(e -> remarks.add("harmed: " + Row.firstLine(e)));
        return List.of(
                Row.of(
                                "dead owners: slots back after " + LEAKS + " leaks in a pool of " + SIZE,
                                Math.max(borrowable, 0) + " of " + SIZE + ", "
                                        + pool.reports().reclaimed().size() + " taken back",
                                SIZE + ", " + LEAKS,
                                RowVerdict.of(borrowable == SIZE
                                        && pool.reports().reclaimed().size() == LEAKS))
                        .with(remarks)
                        .with(Map.of(
                                "reclaimingMillis", times.reclaiming() / 1e6, "leakingMillis", times.leaking() / 1e6)),
                Row.of(
                        "dead owners: healthy leases harmed",
                        harmed.size() + wrong + " of " + work.served.get(),
                        "0",
                        RowVerdict.of(harmed.isEmpty() && wrong == 0 && work.served.get() > LEAKS)));
    }

    /** Threads that work: short statements, long ones, and transactions. */
    private static final class Work {
        private final WatchedPool pool;
        private final List<Thread> threads = new ArrayList<>();
        private final Queue<Throwable> harmed = new ConcurrentLinkedQueue<>();
        private final AtomicInteger served = new AtomicInteger();
        private final AtomicInteger timedOut = new AtomicInteger();
        private volatile boolean over;

        Work(WatchedPool pool, long seed) {
            this.pool = pool;
            for (int i = 0; i < WORKERS; i++) {
                Random random = new Random(seed + i);
                Thread thread = new Thread(() -> work(random), "worker-" + i);
                thread.setDaemon(true);
                threads.add(thread);
                thread.start();
            }
        }

        private void work(Random random) {
            while (!over) {
                try (Connection connection = pool.dataSource().getConnection()) {
                    unitOfWork(connection, random);
                } catch (SQLTransientConnectionException e) {
                    timedOut.incrementAndGet();
                } catch (SQLException | RuntimeException e) {
                    harmed.add(e);
                }
            }
        }

        private void unitOfWork(Connection connection, Random random) throws SQLException {
            boolean transaction = random.nextInt(4) == 0;
            connection.setAutoCommit(!transaction);
            try (Statement statement = connection.createStatement()) {
                boolean unused = statement.execute("select pg_sleep(" + (random.nextInt(50) == 0 ? 1.5 : 0.01) + ")");
            }
            if (transaction) {
                connection.commit();
            }
            served.incrementAndGet();
        }

        List<Throwable> end() throws InterruptedException {
            over = true;
            for (Thread thread : threads) {
                thread.join();
            }
            return List.copyOf(harmed);
        }
    }
}
