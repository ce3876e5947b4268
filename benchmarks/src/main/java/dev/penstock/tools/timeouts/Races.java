package dev.penstock.tools.timeouts;

import com.zaxxer.hikari.HikariConfig;
import dev.penstock.PenstockConfig;
import dev.penstock.PenstockListener.Enforcement;
import dev.penstock.SessionLimit;
import dev.penstock.hikari.PenstockHikariDataSource;
import dev.penstock.lab.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Cancel requests against the end of the statements that they are meant for: each statement ends about when its cancel
 * arrives, and others follow it at once, of the same borrower or of the next. With the client's limits; and, to show
 * that the races are such, with cancels that nobody guards.
 */
public final class Races {
    static final Duration LIMIT = Duration.ofMillis(50);
    static final Duration GRACE = Duration.ofMillis(100);

    private Races() {}

    /** Races, over so many sessions, with the limits of Penstock. */
    public static RaceOutcome guarded(PostgresServer server, long races, int sessions) throws InterruptedException {
        RaceTally tally = new RaceTally(races);
        try (PenstockHikariDataSource pool = pool(server, sessions)) {
            List<Racer> racers = new ArrayList<>();
            for (int i = 0; i < sessions; i++) {
                racers.add(new Racer(pool::getConnection, true, tally));
            }
            run(racers);
            long cancels = pool.control().cancelsDelivered() + pool.control().cancelsFailed();
            long ended = pool.control().enforcedTimeouts(SessionLimit.STATEMENT, Enforcement.ABORTED);
            return tally.outcome(cancels, ended);
        }
    }

    private static PenstockHikariDataSource pool(PostgresServer server, int size) {
        HikariConfig hikari = new HikariConfig();
        hikari.setJdbcUrl(server.jdbcUrl());
        hikari.setUsername(server.user());
        hikari.setPassword(server.password());
        hikari.setMaximumPoolSize(size);
        hikari.setConnectionTimeout(60_000);
        // what is cancelled is cancelled by the client
        hikari.setConnectionInitSql("set statement_timeout = 0");
        return new PenstockHikariDataSource(
                hikari,
                PenstockConfig.builder()
                        .session(session -> session.statementTimeout(LIMIT).grace(GRACE))
                        .build());
    }

    /** The same with cancels that go out after the same time, and that nobody guards. */
    public static RaceOutcome unguarded(PostgresServer server, long races, int sessions)
            throws InterruptedException, SQLException {
        RaceTally tally = new RaceTally(races);
        AtomicLong cancels = new AtomicLong();
        List<Racer> racers = new ArrayList<>();
        List<Connection> connections = new ArrayList<>();
        ExecutorService cancelling = Executors.newCachedThreadPool(Races::daemon);
        UnguardedCancels ticks = new UnguardedCancels(racers, cancelling, cancels);
        try {
            for (int i = 0; i < sessions; i++) {
                Connection connection = DriverManager.getConnection(server.jdbcUrl(), server.credentials());
                connections.add(connection);
                racers.add(new Racer(() -> connection, false, tally));
            }
            ticks.start();
            run(racers);
        } finally {
            ticks.close();
            cancelling.shutdownNow();
            for (Connection connection : connections) {
                connection.close();
            }
        }
        return tally.outcome(cancels.get(), 0);
    }

    static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "race");
        thread.setDaemon(true);
        return thread;
    }

    private static void run(List<Racer> racers) throws InterruptedException {
        ExecutorService threads = Executors.newCachedThreadPool(Races::daemon);
        racers.forEach(threads::execute);
        threads.shutdown();
        if (!threads.awaitTermination(1, TimeUnit.HOURS)) {
            throw new IllegalStateException("races that do not end: " + threads);
        }
    }
}
