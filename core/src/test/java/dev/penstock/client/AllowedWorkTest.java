package dev.penstock.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.BreakerMode;
import dev.penstock.PenstockConfig;
import dev.penstock.PenstockConnector;
import dev.penstock.PenstockListener;
import dev.penstock.SessionSettings;
import dev.penstock.lab.junit.NoLeftovers;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.lab.postgres.TlsMaterial;
import dev.penstock.lab.work.AllowedWork;
import dev.penstock.lab.work.AllowedWork.Limit;
import dev.penstock.lab.work.Pace;
import dev.penstock.lab.work.ReplicationStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the server's own setting would allow the client allows too: every kind of work that takes longer than the limit
 * of its session, on the client alone, and, to prove that the server allows it, on the server alone.
 */
@WithPostgres(tls = true, settings = "wal_level=logical")
@NoLeftovers
@Tag("tls")
class AllowedWorkTest {
    private static final Duration LIMIT = Duration.ofSeconds(1);
    private static final Duration GRACE = Duration.ofMillis(200);
    private static final Duration LONGER = Duration.ofMillis(1_500);

    /** {@code -Dpenstock.test.copyMegabytes=1000}: the row of the table. */
    private static final long COPY_BYTES = 1_000_000L * Integer.getInteger("penstock.test.copyMegabytes", 4);

    private final PostgresServer server;
    private final List<String> enforced = new CopyOnWriteArrayList<>();

    AllowedWorkTest(PostgresServer server) {
        this.server = server;
    }

    /** Whose limits count; the other side's are off. */
    enum Line {
        CLIENT,
        SERVER
    }

    @Test
    void nothingIsCut() throws Exception {
        runAll(Line.CLIENT, false);
    }

    @Test
    @Tag("once") // nothing of ours is in it
    void norIsItByTheServer() throws Exception {
        runAll(Line.SERVER, false);
    }

    @Test
    @Tag("once")
    void norUnderTls() throws Exception {
        runAll(Line.CLIENT, true);
    }

    /** Side by side: nearly all of it is waiting. */
    private void runAll(Line line, boolean tls) throws Exception {
        Executor threads = task -> {
            Thread thread = new Thread(task, "work");
            thread.setDaemon(true);
            thread.start();
        };
        List<CompletableFuture<Void>> all = Stream.of(AllowedWork.values())
                .filter(work -> line == Line.CLIENT || work.theServerAllowsIt())
                .map(work -> CompletableFuture.runAsync(() -> run(work, line, tls), threads))
                .toList();
        SoftAssertions softly = new SoftAssertions();
        for (CompletableFuture<Void> one : all) {
            softly.assertThatCode(() -> one.get(10, TimeUnit.MINUTES)).doesNotThrowAnyException();
        }
        softly.assertThat(enforced).as("enforced by the client").isEmpty();
        softly.assertAll();
    }

    private void run(AllowedWork work, Line line, boolean tls) {
        Duration grace = line == Line.CLIENT ? GRACE : Duration.ofMinutes(1);
        try (PenstockConnector connector =
                        connector(properties(tls), work.name(), session -> limit(work, session.grace(grace)));
                Connection connection = connector.getConnection();
                Pace pace = pace()) {
            if (line == Line.CLIENT) {
                setServersLineAway(connection);
            }
            work.on(connection, pace);
            assertThat(connection.isValid(30)).as("afterwards").isTrue();
        } catch (SQLException | RuntimeException | Error e) {
            throw new AssertionError(work + " on the line of the " + line, e);
        }
    }

    private static void limit(AllowedWork work, SessionSettings.Builder session) {
        session.statementTimeout(work.limit(Limit.STATEMENT, LIMIT))
                .transactionTimeout(work.limit(Limit.TRANSACTION, LIMIT))
                .idleInTransactionTimeout(work.limit(Limit.IDLE_IN_TRANSACTION, LIMIT))
                .idleSessionTimeout(work.limit(Limit.IDLE_SESSION, LIMIT));
    }

    private Pace pace() throws SQLException {
        return new Pace(server, LIMIT, LONGER, COPY_BYTES);
    }

    private static void setServersLineAway(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String setting : List.of(
                    "statement_timeout",
                    "idle_in_transaction_session_timeout",
                    "transaction_timeout",
                    "idle_session_timeout")) {
                boolean unused = statement.execute("set " + setting + " = 0");
            }
        }
    }

    // ---- replication ---------------------------------------------------------------------------

    /** None of the limits applies to these; the log says so. */
    @ParameterizedTest(name = "TLS {0}")
    @ValueSource(booleans = {false, true})
    void aReplicationStreamThatIsQuietIsNotCut(boolean tls) throws Exception {
        Properties properties = properties(tls);
        properties.putAll(ReplicationStream.driver());
        String slot = tls ? "quiet_tls" : "quiet";
        server.execute("create table " + slot + " (line text)");
        try (PenstockConnector connector = connector(
                        properties,
                        slot,
                        session -> session.grace(GRACE)
                                .statementTimeout(LIMIT)
                                .transactionTimeout(LIMIT.plusMillis(1))
                                .idleInTransactionTimeout(LIMIT)
                                .idleSessionTimeout(LIMIT));
                Connection connection = connector.getConnection();
                Pace pace = pace()) {
            ReplicationStream.on(connection, pace, slot);
            assertThat(connection.isValid(30)).isTrue();
        }
        assertThat(enforced).isEmpty();
    }

    // ---- helpers -------------------------------------------------------------------------------

    private Properties properties(boolean tls) {
        Properties properties = server.credentials();
        if (tls) {
            TlsMaterial material = Objects.requireNonNull(server.tls());
            properties.putAll(material.verifyFull());
        } else {
            properties.setProperty("sslmode", "disable");
        }
        return properties;
    }

    private PenstockConnector connector(Properties properties, String name, Consumer<SessionSettings.Builder> session) {
        return PenstockConnector.builder(server.jdbcUrl())
                .properties(properties)
                .name(name)
                .config(PenstockConfig.builder()
                        .connect(connect -> connect.deadline(Duration.ofMinutes(1)))
                        .breaker(breaker -> breaker.mode(BreakerMode.OFF))
                        .session(session)
                        .listener(new PenstockListener() {
                            @Override
                            public void timeoutEnforced(TimeoutEnforced event) {
                                enforced.add(event.describe());
                            }
                        })
                        .build())
                .build();
    }
}
