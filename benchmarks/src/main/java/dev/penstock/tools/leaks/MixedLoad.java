package dev.penstock.tools.leaks;

import dev.penstock.LeaseReport;
import dev.penstock.LeaseVerdict;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * An application of which some parts look like leaks and are none, and one part leaks: each part is a thread that does
 * the same over and over. The name of the thread says what may be said of its leases.
 */
final class MixedLoad {
    /** When a lease is suspect. */
    static final Duration SUSPECT_AFTER = Duration.ofSeconds(2);

    /** More than twice that is left for a machine that is busy. */
    private static final double MOST_THOUGHT = 0.8;

    private static final int CONNECTIONS = 24;

    /** Leases of threads whose names begin so are to be reported as {@link LeaseVerdict#LIKELY_LEAK}, nobody else's. */
    private static final String PLANTED = "planted";

    private final WatchedPool pool;
    private final Duration time;
    private final Map<String, AtomicInteger> tours = new LinkedHashMap<>();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private final long begunAt = System.nanoTime();

    /** They have a name each, as their sessions are the same few. */
    private final AtomicInteger plantedSoFar = new AtomicInteger();

    private MixedLoad(WatchedPool pool, Duration time) {
        this.pool = pool;
        this.time = time;
    }

    /**
     * What came of it.
     *
     * @param tours how often each part did what it does
     * @param verdicts reports by verdict
     * @param accusations reports that should not have been: LEAKED_* about anybody, LIKELY_LEAK about who does not leak
     * @param planted leaks that were planted
     * @param plantedReported how many of these were reported
     * @param failures what went wrong with a connection or a statement
     */
    record Result(
            Map<String, Integer> tours,
            Map<LeaseVerdict, Integer> verdicts,
            List<String> accusations,
            int planted,
            int plantedReported,
            List<Throwable> failures) {}

    /** One tour. */
    private interface Part {
        void tour(Random random) throws SQLException, InterruptedException;
    }

    /**
     * The whole of it so many times at once, all over one pool.
     *
     * @param times up to three over a server with 100 connections
     */
    static Result run(Means means, int times, Duration time) throws InterruptedException {
        try (WatchedPool pool = WatchedPool.open(means.server(), times * CONNECTIONS, SUSPECT_AFTER)) {
            MixedLoad load = new MixedLoad(pool, time);
            for (int i = 0; i < times; i++) {
                load.start(means.seed() + 2L * i); // some parts of each are there twice
            }
            load.start("collector", means.seed(), load::collect);
            for (Thread thread : load.threads) {
                thread.join();
            }
            return load.result();
        }
    }

    private void start(long seed) {
        start("fast", seed, this::fast);
        start("fast", seed + 1, this::fast);
        start("slow", seed, this::slow);
        start("batch", seed, this::batch);
        start("handed-over", seed, random -> handedOver(random, false));
        start("handed-over", seed + 1, random -> handedOver(random, false));
        start("handed-over-slow", seed, random -> handedOver(random, true));
        start("statement-only", seed, this::statementOnly);
        start("statement-only", seed + 1, this::statementOnly);
        start("closed-underneath", seed, this::closedUnderneath);
        start("transaction", seed, this::transaction);
        start(PLANTED, seed, this::planted);
    }

    private void start(String name, long seed, Part part) {
        AtomicInteger done = tours.computeIfAbsent(name, unused -> new AtomicInteger());
        Random random = new Random(seed * 31 + name.hashCode());
        Thread thread = new Thread(
                () -> {
                    while (System.nanoTime() - begunAt < time.toNanos()) {
                        try {
                            part.tour(random);
                            done.incrementAndGet();
                        } catch (SQLException | InterruptedException | RuntimeException e) {
                            failures.add(e);
                        }
                    }
                },
                name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    // ---- the parts ------------------------------------------------------------------------------

    private void fast(Random random) throws SQLException, InterruptedException {
        try (Connection connection = pool.dataSource().getConnection()) {
            ask(connection);
            think(random, 0.05);
        }
        think(random, 0.02);
    }

    private void slow(Random random) throws SQLException {
        try (Connection connection = pool.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            sleepInServer(statement, random);
        }
    }

    private static void sleepInServer(Statement statement, Random random) throws SQLException {
        boolean unused = statement.execute("select pg_sleep(" + (2.5 + 2 * random.nextDouble()) + ")");
    }

    private void batch(Random random) throws SQLException, InterruptedException {
        try (Connection connection =
                pool.dataSource().expectingHold(Duration.ofMinutes(10)).getConnection()) {
            for (int i = 0; i < 2; i++) {
                ask(connection);
                think(random, 4);
            }
            ask(connection);
        }
    }

    private void handedOver(Random random, boolean slow) throws SQLException, InterruptedException {
        try (Connection connection = borrowedByOneWhoEnds();
                Statement statement = connection.createStatement()) {
            for (int i = 0; i < 8; i++) {
                think(random, MOST_THOUGHT);
                ask(statement);
            }
            if (slow) {
                sleepInServer(statement, random);
            }
        }
    }

    private Connection borrowedByOneWhoEnds() throws SQLException, InterruptedException {
        Connection[] borrowed = new Connection[1];
        SQLException[] failure = new SQLException[1];
        Thread mortal = new Thread(
                () -> {
                    try {
                        borrowed[0] = pool.dataSource().getConnection();
                    } catch (SQLException e) {
                        failure[0] = e;
                    }
                },
                "mortal");
        mortal.start();
        mortal.join();
        if (failure[0] != null) {
            throw failure[0];
        }
        return borrowed[0];
    }

    /** Of the connection nothing is left but its statement; the last that is done with it closes what is beneath. */
    private void statementOnly(Random random) throws SQLException, InterruptedException {
        try (Statement statement = statementOfAConnection()) {
            for (int i = 0; i < 10; i++) {
                think(random, MOST_THOUGHT);
                ask(statement);
            }
            statement.getConnection().close();
        }
    }

    @SuppressWarnings("MustBeClosedChecker")
    private Statement statementOfAConnection() throws SQLException {
        return pool.dataSource().getConnection().createStatement();
    }

    private void closedUnderneath(Random random) throws SQLException, InterruptedException {
        Connection connection = pool.dataSource().getConnection();
        try (Statement statement = connection.createStatement()) {
            ask(statement);
            statement.getConnection().close();
        }
        think(random, 3);
        if (!connection.isClosed()) {
            throw new IllegalStateException("it is open still");
        }
    }

    private void transaction(Random random) throws SQLException, InterruptedException {
        try (Connection connection = pool.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            for (int i = 0; i < 6; i++) {
                ask(connection);
                think(random, MOST_THOUGHT);
            }
            connection.commit();
        }
    }

    /** By a thread that has nothing to do afterwards; it comes back once it was reported. */
    private void planted(Random random) throws SQLException, InterruptedException {
        try (Leaker leaker = new Leaker(pool.dataSource(), PLANTED + "-" + plantedSoFar.incrementAndGet())) {
            Leaker.Leak leak = leaker.leakAfterStatement();
            Reports.Seen unused = pool.reports().await(leak.pid(), leak.thread());
            think(random, 1);
        }
    }

    /** So that leases of which nothing is left are found. */
    private void collect(Random random) throws InterruptedException {
        think(random, 1);
        System.gc();
    }

    private static void ask(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            ask(statement);
        }
    }

    private static void ask(Statement statement) throws SQLException {
        boolean unused = statement.execute("select 1");
    }

    private static void think(Random random, double mostSeconds) throws InterruptedException {
        TimeUnit.MICROSECONDS.sleep((long) (random.nextDouble() * mostSeconds * 1e6));
    }

    // ---- what was said --------------------------------------------------------------------------

    private Result result() {
        Map<LeaseVerdict, Integer> verdicts = new EnumMap<>(LeaseVerdict.class);
        List<String> accusations = new ArrayList<>();
        int plantedReported = 0;
        for (Reports.Seen seen : pool.reports().all()) {
            LeaseReport report = seen.report();
            verdicts.merge(report.verdict(), 1, Integer::sum);
            boolean isPlanted = report.lease().thread().name().startsWith(PLANTED);
            if (isAccusation(report.verdict(), isPlanted)) {
                accusations.add(report.describe());
            }
            if (isPlanted && report.verdict() == LeaseVerdict.LIKELY_LEAK && report.times() == 1) {
                plantedReported++;
            }
        }
        Map<String, Integer> done = new TreeMap<>();
        tours.forEach((name, count) -> done.put(name, count.get()));
        @Nullable Integer planted = done.get(PLANTED);
        return new Result(
                done, verdicts, accusations, planted == null ? 0 : planted, plantedReported, List.copyOf(failures));
    }

    private static boolean isAccusation(LeaseVerdict verdict, boolean planted) {
        return switch (verdict) {
            case LEAKED_OWNER_DEAD, LEAKED_UNREACHABLE -> true;
            case LIKELY_LEAK -> !planted;
            default -> false;
        };
    }
}
