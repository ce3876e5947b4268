package dev.penstock;

import dev.penstock.internal.session.Session;
import dev.penstock.internal.time.Ticker;
import dev.penstock.lab.Await;
import dev.penstock.lab.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** One connection of a connector, its session, and what the session is seen to do. */
final class SessionRig implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(20);

    final PenstockConnector connector;
    final Connection connection;
    final Session session;
    final Ticker ticker = Ticker.system();

    private SessionRig(PenstockConnector connector) throws SQLException {
        this.connector = connector;
        this.connection = connector.getConnection();
        this.session = Objects.requireNonNull(connector.parts.sessions().find(connection));
    }

    static SessionRig plain(PostgresServer server) throws SQLException {
        return with(server, properties -> properties.setProperty("sslmode", "disable"));
    }

    static SessionRig tls(PostgresServer server) throws SQLException {
        return with(
                server,
                properties ->
                        properties.putAll(Objects.requireNonNull(server.tls()).verifyFull()));
    }

    static SessionRig with(PostgresServer server, Consumer<Properties> change) throws SQLException {
        Properties properties = server.credentials();
        change.accept(properties);
        return new SessionRig(PenstockConnector.builder(server.jdbcUrl())
                .properties(properties)
                .build());
    }

    /** What is done aside, with an exception for an outcome. */
    interface Work {
        void run() throws Exception;
    }

    static CompletableFuture<Void> aside(Work work) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                        done.complete(null);
                    } catch (Throwable e) {
                        done.completeExceptionally(e);
                    }
                },
                "aside");
        thread.setDaemon(true);
        thread.start();
        return done;
    }

    static void join(CompletableFuture<Void> work) throws InterruptedException, ExecutionException, TimeoutException {
        work.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    void execute(String sql) throws SQLException {
        execute(connection, sql);
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Seen now; {@code at} is when, {@code start} since when it does so, in ticker time. */
    record Sight(long at, SessionActivity activity) {
        SessionActivity.Kind kind() {
            return activity.kind();
        }

        long start() {
            return at - activity.lasting().toNanos();
        }

        /** When its transaction began. */
        long transactionStart() {
            return at - Objects.requireNonNull(activity.inTransaction()).toNanos();
        }
    }

    /**
     * Looks again where the clock was read before what is seen began: that tells "since now", which is earlier than it
     * was, and the next look would tell another start.
     */
    Sight look() {
        while (true) {
            long now = ticker.nanos();
            SessionActivity activity = session.activity(now);
            if (activity.equals(SessionActivity.UNKNOWN) || hasBegunBefore(activity)) {
                return new Sight(now, activity);
            }
        }
    }

    private static boolean hasBegunBefore(SessionActivity activity) {
        Duration transaction = activity.inTransaction();
        return !activity.lasting().isZero() && (transaction == null || !transaction.isZero());
    }

    /** The sight that was of this kind: the next may be another, as between two reads of one answer. */
    Sight await(SessionActivity.Kind kind) {
        AtomicReference<Sight> seen = new AtomicReference<>();
        Await.until("session is " + kind.words(), PATIENCE, () -> {
            Sight now = look();
            seen.set(now);
            return now.kind() == kind;
        });
        return seen.get();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
        connector.close();
    }
}
