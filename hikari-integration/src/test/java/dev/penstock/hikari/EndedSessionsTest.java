package dev.penstock.hikari;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import dev.penstock.PenstockConfig;
import dev.penstock.PenstockListener.Enforcement;
import dev.penstock.SessionLimit;
import dev.penstock.lab.junit.NoLeftovers;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told of a session that the client has ended, and that nobody is lent it. */
@WithPostgres(tls = true)
@NoLeftovers
class EndedSessionsTest {
    private static final Executor THREADS = task -> {
        Thread thread = new Thread(task, "borrower");
        thread.setDaemon(true);
        thread.start();
    };

    private final PostgresServer server;
    private final Limits limits;

    EndedSessionsTest(PostgresServer server) {
        this.server = server;
        this.limits = new Limits(server);
    }

    enum Call {
        EXISTING_STATEMENT,
        NEW_STATEMENT,
        COMMIT,
        IS_VALID
    }

    private record Forgotten(Connection connection, PreparedStatement existing) {}

    /** One for each call, all of them forgotten at a time. */
    @ParameterizedTest(name = "TLS {0}")
    @ValueSource(booleans = {false, true})
    void aForgottenTransactionIsEndedAndTheFirstCallAfterwardsSaysWhy(boolean tls) throws Exception {
        int calls = Call.values().length;
        try (var pool = limits.pool(
                tls,
                calls,
                session -> session.idleInTransactionTimeout(Limits.LIMIT).grace(Limits.NOTHING_TO_CANCEL))) {
            Map<Call, Forgotten> forgotten = new EnumMap<>(Call.class);
            for (Call call : Call.values()) {
                forgotten.put(call, forget(pool.getConnection()));
            }
            assertThat(limits.enforced(calls, SessionLimit.IDLE_IN_TRANSACTION, Enforcement.ABORTED))
                    .allSatisfy(event -> assertThat(Objects.requireNonNull(event.lease())
                                    .thread()
                                    .name())
                            .isEqualTo(Thread.currentThread().getName()));

            for (Call call : Call.values()) {
                Connection connection = forgotten.get(call).connection;
                firstCall(call, connection, forgotten.get(call).existing);
                connection.close();
                assertThat(connection.isClosed()).isTrue();
            }
            assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
            assertThat(Pools.ask(pool, "select 1")).isEqualTo("1");
        }
    }

    private static Forgotten forget(Connection connection) throws SQLException {
        Limits.execute(connection, "set idle_in_transaction_session_timeout = 0");
        connection.setAutoCommit(false);
        PreparedStatement existing = connection.prepareStatement("select 1");
        existing.execute();
        return new Forgotten(connection, existing);
    }

    private static void firstCall(Call call, Connection connection, PreparedStatement existing) throws SQLException {
        switch (call) {
            case EXISTING_STATEMENT ->
                Limits.assertSays(Limits.failure(existing::execute), SessionLimit.IDLE_IN_TRANSACTION);
            case NEW_STATEMENT ->
                Limits.assertSays(
                        Limits.failure(() -> Limits.execute(connection, "select 2")), SessionLimit.IDLE_IN_TRANSACTION);
            case COMMIT -> Limits.assertSays(Limits.failure(connection::commit), SessionLimit.IDLE_IN_TRANSACTION);
            case IS_VALID -> assertThat(connection.isValid(1)).isFalse();
        }
    }

    @Test
    void anIdleSessionIsEndedOnLoanAndInThePoolAndNobodyIsLentIt() throws Exception {
        try (var pool = limits.pool(
                false, session -> session.idleSessionTimeout(Limits.LIMIT).grace(Limits.NOTHING_TO_CANCEL))) {
            Connection connection = pool.getConnection();
            Limits.execute(connection, "set idle_session_timeout = 0");
            limits.only(SessionLimit.IDLE_SESSION, Enforcement.ABORTED);

            Limits.assertSays(Limits.failure(() -> Limits.execute(connection, "select 1")), SessionLimit.IDLE_SESSION);
            connection.close();
            for (int i = 0; i < 1000; i++) {
                assertThat(Pools.ask(pool, "select 1")).isEqualTo("1");
            }
        }
    }

    /** They are borrowed about when the client ends them, some of them without the pool's asking whether they live. */
    @Test
    @Tag("once") // the same on every JDK
    void whoeverBorrowsIdleSessionsInTheLastMomentMeetsNoneThatIsDead() throws Exception {
        HikariConfig config = Pools.config(server);
        config.setMaximumPoolSize(12);
        config.setConnectionInitSql("set idle_session_timeout = 0");
        AtomicInteger served = new AtomicInteger();
        try (var pool = new PenstockHikariDataSource(
                config,
                PenstockConfig.builder()
                        .session(session ->
                                session.idleSessionTimeout(Limits.LIMIT).grace(Duration.ofMillis(150)))
                        .listener(limits.listener())
                        .build())) {
            List<CompletableFuture<Void>> borrowers = IntStream.range(0, 12)
                    .mapToObj(i -> CompletableFuture.runAsync(() -> borrowLate(pool, served), THREADS))
                    .toList();
            for (CompletableFuture<Void> borrower : borrowers) {
                borrower.get();
            }
        }
        assertThat(served).hasValue(12 * 10);
        assertThat(limits.enforced()).as("sessions that were ended meanwhile").isNotEmpty();
    }

    private void borrowLate(PenstockHikariDataSource pool, AtomicInteger served) {
        try (Connection clock = server.connect()) {
            for (int i = 0; i < 10; i++) {
                assertThat(Pools.ask(pool, "select 1")).isEqualTo("1");
                served.incrementAndGet();
                // what is idle is ended after 450 ms, or with the next tick
                Limits.execute(clock, "select pg_sleep(0.43 + 0.1 * random())");
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
