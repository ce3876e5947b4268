package dev.penstock.hikari;

import com.zaxxer.hikari.HikariConfig;
import dev.penstock.lab.Await;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** A JVM whose sessions are always busy: in statements, between two of a transaction, and idle. */
final class BusyMain {
    private static final Duration LIMIT = Duration.ofSeconds(1);
    private static final Duration GRACE = Duration.ofSeconds(1);
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int EACH = 3;

    private final LimitedPool pool;
    private final PrintStream told;
    private final List<AtomicInteger> turns = new CopyOnWriteArrayList<>();
    private final Map<String, Integer> cut = new ConcurrentSkipListMap<>();

    private BusyMain(LimitedPool pool, PrintStream told) {
        this.pool = pool;
        this.told = told;
        for (int i = 0; i < EACH; i++) {
            work(BusyMain::statement);
            work(this::transaction);
        }
    }

    /** Arguments: port and password of the server on 127.0.0.1. A byte on standard input ends it. */
    public static void main(String[] args) throws Exception {
        PrintStream told = System.out;
        System.setOut(System.err); // for the log
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:postgresql://127.0.0.1:" + args[0] + "/postgres?sslmode=disable");
        config.setUsername("postgres");
        config.setPassword(args[1]);
        config.setMaximumPoolSize(2 * EACH + 1);
        LimitedPool pool = LimitedPool.open(
                config,
                session -> session.statementTimeout(LIMIT)
                        .idleInTransactionTimeout(LIMIT)
                        .transactionTimeout(LIMIT.plusMillis(500))
                        .grace(GRACE));
        new BusyMain(pool, told).run();
        Runtime.getRuntime().halt(0); // its workers are still busy
    }

    private void run() throws IOException, SQLException {
        awaitTurns();
        told.println("busy");
        int unused = System.in.read();
        awaitTurns();
        told.println("cut: " + cut + ", told: " + pool.enforced().size());
        try (Connection connection = pool.dataSource().getConnection()) {
            String ending = LimitedPool.ending(() -> LimitedPool.execute(connection, "select pg_sleep(60)"));
            told.println("runaway: " + ending + ", told: " + awaitTold());
        }
    }

    private int awaitTold() {
        Await.until("it is told", SOON, () -> !pool.enforced().isEmpty());
        return pool.enforced().size();
    }

    /** Two of each worker, of which the second has begun after this call. */
    private void awaitTurns() {
        List<Integer> before = turns.stream().map(AtomicInteger::get).toList();
        Await.until(
                "everybody goes on",
                SOON,
                () -> IntStream.range(0, before.size())
                        .allMatch(i -> turns.get(i).get() - before.get(i) >= 2));
    }

    /** Something that a worker does over and over. */
    @FunctionalInterface
    private interface Turn {
        void take(Connection connection) throws SQLException;
    }

    private void work(Turn turn) {
        AtomicInteger count = new AtomicInteger();
        turns.add(count);
        Thread worker = new Thread(() -> {
            while (true) {
                String ending = LimitedPool.ending(() -> borrowFor(turn));
                if (!ending.equals("done")) {
                    cut.merge(ending, 1, Integer::sum);
                }
                count.incrementAndGet();
            }
        });
        worker.setDaemon(true);
        worker.start();
    }

    private void borrowFor(Turn turn) throws SQLException {
        try (Connection connection = pool.dataSource().getConnection()) {
            turn.take(connection);
        }
    }

    private static void statement(Connection connection) throws SQLException {
        LimitedPool.execute(connection, "select pg_sleep(0.3)");
    }

    /** In the middle of it, it is idle until a statement of another session has ended. */
    private void transaction(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        LimitedPool.execute(connection, "select pg_sleep(0.1)");
        AtomicInteger other = turns.get(0);
        int before = other.get();
        Await.until("a statement of another session has ended", SOON, () -> other.get() > before);
        LimitedPool.execute(connection, "select 1");
        connection.commit();
    }
}
