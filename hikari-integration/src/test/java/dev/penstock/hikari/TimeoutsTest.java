package dev.penstock.hikari;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariConfig;
import dev.penstock.PenstockConfig;
import dev.penstock.PenstockListener;
import dev.penstock.PenstockListener.Enforcement;
import dev.penstock.PenstockListener.TimeoutEnforced;
import dev.penstock.SessionLimit;
import dev.penstock.SessionSettings;
import dev.penstock.SessionTimeoutException;
import dev.penstock.SessionTimeouts;
import dev.penstock.lab.Await;
import dev.penstock.lab.junit.NoLeftovers;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits over a real pool and a real server that has had its own line taken away: the client's holds. */
@WithPostgres(tls = true)
@NoLeftovers
class TimeoutsTest {
    private static final Duration LIMIT = Duration.ofMillis(300);
    private static final Duration GRACE = Duration.ofMillis(400);
    private static final Duration NOTHING_TO_CANCEL = Duration.ofMillis(100); // the least grace there is
    private static final Duration SOON = Duration.ofSeconds(20);

    private static final Executor THREADS = task -> {
        Thread thread = new Thread(task, "borrower");
        thread.setDaemon(true);
        thread.start();
    };

    private final PostgresServer server;
    private final List<TimeoutEnforced> enforced = new CopyOnWriteArrayList<>();

    TimeoutsTest(PostgresServer server) {
        this.server = server;
    }

    // ---- statements ----------------------------------------------------------------------------

    @ParameterizedTest(name = "TLS {0}")
    @ValueSource(booleans = {false, true})
    void aStatementIsCancelledThoughTheApplicationHasSetTheServersLimitAway(boolean tls) throws Exception {
        try (var pool = pool(tls, session -> session.statementTimeout(LIMIT));
                Connection connection = pool.getConnection()) {
            execute(connection, "set statement_timeout = 0");
            SQLException cut = failure(() -> execute(connection, "select pg_sleep(60)"));

            assertThat(cut.getSQLState()).isEqualTo("57014");
            assertThat(Pools.ask(connection, "select 1")).isEqualTo("1");
            TimeoutEnforced event = only(SessionLimit.STATEMENT, Enforcement.CANCELLED);
            assertThat(event.took()).isGreaterThan(LIMIT);
            assertThat(event.lease()).isNotNull();
            assertThat(event.ofLease()).isFalse();
            assertThat(pool.control().enforcedTimeouts(SessionLimit.STATEMENT, Enforcement.CANCELLED))
                    .isEqualTo(1);
        }
    }

    @Test
    void theServersOwnLimitComesFirst() throws Exception {
        try (var pool = pool(false, session -> session.statementTimeout(LIMIT).grace(Duration.ofSeconds(30)));
                Connection connection = pool.getConnection()) {
            assertThat(failure(() -> execute(connection, "select pg_sleep(60)")).getSQLState())
                    .isEqualTo("57014");
            assertThat(Pools.ask(connection, "select 1")).isEqualTo("1");
            assertThat(enforced).isEmpty();
        }
    }

    /** Every notice is a byte from the server; the cancel is caught by the block. */
    @ParameterizedTest(name = "TLS {0}")
    @ValueSource(booleans = {false, true})
    void aStatementThatWillNotBeCancelledLosesItsSocket(boolean tls) throws Exception {
        try (var pool = pool(tls, session -> session.statementTimeout(LIMIT))) {
            Connection connection = pool.getConnection();
            execute(connection, "set statement_timeout = 0");
            SQLException cut = failure(() -> execute(connection, """
                    do $$ declare i int; begin for i in 1..300 loop
                      begin perform pg_sleep(0.1); raise notice 'still here';
                      exception when query_canceled then null; end; end loop; end $$"""));

            assertSays(cut, SessionLimit.STATEMENT);
            connection.close();
            assertThat(Pools.ask(pool, "select 1")).isEqualTo("1");
            only(SessionLimit.STATEMENT, Enforcement.ABORTED);
            Await.until("the server has noticed", SOON, this::nobodyRuns);
        }
    }

    // ---- transactions --------------------------------------------------------------------------

    @ParameterizedTest(name = "autocommit {0}")
    @ValueSource(booleans = {true, false})
    void aTransactionThatTakesTooLongIsEnded(boolean autoCommit) throws Exception {
        try (var pool = pool(false, session -> session.transactionTimeout(LIMIT))) {
            Connection connection = pool.getConnection();
            connection.setAutoCommit(autoCommit);
            if (autoCommit) {
                execute(connection, "set transaction_timeout = 0");
                execute(connection, "begin");
            } else {
                execute(connection, "set transaction_timeout = 0");
                connection.commit();
            }
            SQLException cut = failure(() -> {
                while (true) {
                    execute(connection, "select pg_sleep(0.02)");
                }
            });

            assertThat(cut.getSQLState()).isIn("57014", "08006");
            if (autoCommit && !connection.isClosed()) {
                execute(connection, "rollback"); // the pool does not know of a transaction that was begun by hand
            }
            connection.close();
            assertThat(Pools.ask(pool, "select 1")).isEqualTo("1");
            Await.until("it was told", SOON, () -> !enforced.isEmpty());
            assertThat(enforced.get(0).limit()).isEqualTo(SessionLimit.TRANSACTION);
        }
    }

    /** What it says lies unread on the socket until somebody calls. */
    @Test
    void whatTheServerHasEndedIsNotEndedAgainHoweverLateTheNextCall() throws Exception {
        try (var pool = pool(false, session -> session.idleInTransactionTimeout(LIMIT));
                Connection other = server.connect()) {
            Connection connection = pool.getConnection();
            connection.setAutoCommit(false);
            execute(connection, "select 1");
            execute(other, "select pg_sleep(2)"); // limit, grace and more pass
            assertThat(failure(() -> execute(connection, "select 2")).getSQLState())
                    .isEqualTo("25P03");
            connection.close();
            assertThat(enforced).isEmpty();
        }
    }

    // ---- what is told --------------------------------------------------------------------------

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
        try (var pool = pool(
                tls, calls, session -> session.idleInTransactionTimeout(LIMIT).grace(NOTHING_TO_CANCEL))) {
            Map<Call, Forgotten> forgotten = new EnumMap<>(Call.class);
            for (Call call : Call.values()) {
                forgotten.put(call, forget(pool.getConnection()));
            }
            assertThat(enforced(calls, SessionLimit.IDLE_IN_TRANSACTION, Enforcement.ABORTED))
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
        execute(connection, "set idle_in_transaction_session_timeout = 0");
        connection.setAutoCommit(false);
        PreparedStatement existing = connection.prepareStatement("select 1");
        existing.execute();
        return new Forgotten(connection, existing);
    }

    private static void firstCall(Call call, Connection connection, PreparedStatement existing) throws SQLException {
        switch (call) {
            case EXISTING_STATEMENT -> assertSays(failure(existing::execute), SessionLimit.IDLE_IN_TRANSACTION);
            case NEW_STATEMENT ->
                assertSays(failure(() -> execute(connection, "select 2")), SessionLimit.IDLE_IN_TRANSACTION);
            case COMMIT -> assertSays(failure(connection::commit), SessionLimit.IDLE_IN_TRANSACTION);
            case IS_VALID -> assertThat(connection.isValid(1)).isFalse();
        }
    }

    @Test
    void anIdleSessionIsEndedOnLoanAndInThePoolAndNobodyIsLentIt() throws Exception {
        try (var pool = pool(false, session -> session.idleSessionTimeout(LIMIT).grace(NOTHING_TO_CANCEL))) {
            Connection connection = pool.getConnection();
            execute(connection, "set idle_session_timeout = 0");
            only(SessionLimit.IDLE_SESSION, Enforcement.ABORTED);

            assertSays(failure(() -> execute(connection, "select 1")), SessionLimit.IDLE_SESSION);
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
                        .session(session -> session.idleSessionTimeout(LIMIT).grace(Duration.ofMillis(150)))
                        .listener(listener())
                        .build())) {
            List<CompletableFuture<Void>> borrowers = IntStream.range(0, 12)
                    .mapToObj(i -> CompletableFuture.runAsync(() -> borrowLate(pool, served), THREADS))
                    .toList();
            for (CompletableFuture<Void> borrower : borrowers) {
                borrower.get();
            }
        }
        assertThat(served).hasValue(12 * 10);
        assertThat(enforced).as("sessions that were ended meanwhile").isNotEmpty();
    }

    private static void borrowLate(PenstockHikariDataSource pool, AtomicInteger served) {
        try {
            for (int i = 0; i < 10; i++) {
                assertThat(Pools.ask(pool, "select 1")).isEqualTo("1");
                served.incrementAndGet();
                // what is idle is ended after 450 ms, or with the next tick
                Thread.sleep(ThreadLocalRandom.current().nextInt(430, 530));
            }
        } catch (SQLException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    // ---- views ---------------------------------------------------------------------------------

    @Test
    void aTighterViewIsHeldToItsLimitAndTheNextBorrowerIsNot() throws Exception {
        try (var pool = pool(false, session -> session.statementTimeout(Duration.ofSeconds(50)))) {
            var tight = pool.withTimeouts(
                    SessionTimeouts.builder().statementTimeout(LIMIT).build());
            try (Connection connection = tight.getConnection()) {
                assertThat(failure(() -> execute(connection, "select pg_sleep(60)"))
                                .getSQLState())
                        .isEqualTo("57014");
            }
            assertThat(only(SessionLimit.STATEMENT, Enforcement.CANCELLED).ofLease())
                    .isTrue();
            assertThat(Pools.ask(pool, "select pg_sleep(0.8)::text || 'done'")).isEqualTo("done");
            assertThat(Pools.ask(pool, "show statement_timeout")).isEqualTo("50s");
        }
    }

    @Test
    void aWiderViewIsSetOnTheServerAndSetBack() throws Exception {
        try (var pool = pool(false, session -> session.statementTimeout(LIMIT))) {
            var wide = pool.withTimeouts(SessionTimeouts.builder()
                    .statementTimeout(Duration.ofSeconds(50))
                    .build());
            try (Connection connection = wide.getConnection()) {
                connection.setAutoCommit(false);
                assertThat(Pools.ask(connection, "show statement_timeout")).isEqualTo("50s");
                execute(connection, "select pg_sleep(0.8)");
            }
            assertThat(Pools.ask(pool, "show statement_timeout")).isEqualTo("300ms");
            assertThat(enforced).isEmpty();
        }
    }

    /** The pool has it back, and the handle was never closed. */
    @Test
    void aWiderViewIsSetBackThoughItsLeaseEndsBehindItsBack() throws Exception {
        try (var pool = pool(false, session -> session.statementTimeout(LIMIT))) {
            var wide = pool.withTimeouts(SessionTimeouts.unlimited());
            Connection connection = wide.getConnection();
            try (Statement statement = connection.createStatement()) {
                statement.getConnection().close();
            }
            for (int i = 0; i < 3; i++) {
                assertThat(Pools.ask(pool, "show statement_timeout")).isEqualTo("300ms");
            }
        }
    }

    // ---- helpers -------------------------------------------------------------------------------

    private PenstockHikariDataSource pool(boolean tls, Consumer<SessionSettings.Builder> limits) {
        return pool(tls, 1, limits);
    }

    private PenstockHikariDataSource pool(boolean tls, int size, Consumer<SessionSettings.Builder> limits) {
        HikariConfig config = Pools.config(server);
        config.setMaximumPoolSize(size);
        Properties properties = new Properties();
        if (tls) {
            properties.putAll(Objects.requireNonNull(server.tls()).verifyFull());
        } else {
            properties.setProperty("sslmode", "disable");
        }
        properties.setProperty("ApplicationName", "limits");
        config.setDataSourceProperties(properties);
        return new PenstockHikariDataSource(
                config,
                PenstockConfig.builder()
                        .session(session -> limits.accept(session.grace(GRACE)))
                        .listener(listener())
                        .build());
    }

    private PenstockListener listener() {
        return new PenstockListener() {
            @Override
            public void timeoutEnforced(TimeoutEnforced event) {
                enforced.add(event);
            }
        };
    }

    private TimeoutEnforced only(SessionLimit limit, Enforcement by) {
        return enforced(1, limit, by).get(0);
    }

    /** That many, and nothing else. */
    private List<TimeoutEnforced> enforced(int count, SessionLimit limit, Enforcement by) {
        Await.until("it was enforced", SOON, () -> enforced.size() >= count);
        assertThat(enforced).hasSize(count).allSatisfy(event -> {
            assertThat(event.limit()).isEqualTo(limit);
            assertThat(event.by()).isEqualTo(by);
            assertThat(event.server()).isEqualTo("127.0.0.1:" + server.port());
        });
        return enforced;
    }

    private static void assertSays(SQLException cut, SessionLimit limit) {
        assertThat(cut.getSQLState()).startsWith("08");
        SessionTimeoutException reason = reasonOf(cut);
        assertThat(reason).as("reason of %s", cut).isNotNull();
        assertThat(reason.limit()).isEqualTo(limit);
        assertThat(reason.value()).isEqualTo(LIMIT);
        assertThat(reason).hasMessageContaining(limit.setting() + "=300ms");
    }

    private static @Nullable SessionTimeoutException reasonOf(Throwable thrown) {
        for (Throwable next = thrown; next != null; next = next.getCause()) {
            if (next instanceof SessionTimeoutException reason) {
                return reason;
            }
        }
        return null;
    }

    private interface Work {
        void run() throws SQLException;
    }

    private static SQLException failure(Work work) {
        return Objects.requireNonNull(catchThrowableOfType(SQLException.class, work::run));
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private boolean nobodyRuns() {
        try (Connection connection = server.connect()) {
            return Pools.ask(
                            connection,
                            "select count(*) from pg_stat_activity"
                                    + " where application_name = 'limits' and state = 'active'")
                    .equals("0");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
