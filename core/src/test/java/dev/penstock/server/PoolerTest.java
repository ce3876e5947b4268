package dev.penstock.server;

import static dev.penstock.server.Sessions.limits;
import static dev.penstock.server.Sessions.only;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.LimitsInForce;
import dev.penstock.PenstockConfig;
import dev.penstock.PenstockConnector;
import dev.penstock.PenstockDataSource;
import dev.penstock.PoolControl;
import dev.penstock.PoolerMode;
import dev.penstock.feature.LogRecorder;
import dev.penstock.lab.Await;
import dev.penstock.lab.fault.FaultProxy;
import dev.penstock.lab.fault.Loopback;
import dev.penstock.lab.junit.NeedsPgBouncer;
import dev.penstock.lab.junit.NoLeftovers;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.pgbouncer.PgBouncer;
import dev.penstock.lab.pgbouncer.PgBouncerBuilder;
import dev.penstock.lab.pgbouncer.PoolMode;
import dev.penstock.lab.postgres.PostgresServer;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;
import org.postgresql.ds.PGSimpleDataSource;

/** What is done, and above all what is not, where a pooler lends server connections. */
@NeedsPgBouncer
@WithPostgres
@NoLeftovers
class PoolerTest {
    private final Told told = new Told();

    private PenstockConfig limited(PoolerMode mode) {
        return Sessions.config(told, s -> Sessions.all(s).pooler(mode));
    }

    private static PenstockConnector to(PgBouncer bouncer, PenstockConfig config) {
        return PenstockConnector.builder(bouncer.jdbcUrl())
                .properties(bouncer.credentials())
                .property("prepareThreshold", "0")
                .config(config)
                .build();
    }

    /** One server connection: whatever a client leaves behind, the next one has. */
    private static PgBouncerBuilder shared(PostgresServer server) {
        return PgBouncer.inFrontOf(server).defaultPoolSize(1);
    }

    private static String statementTimeoutOf(PgBouncer bouncer) throws SQLException {
        try (Connection other = bouncer.connect()) {
            return only(other, "show statement_timeout");
        }
    }

    @Test
    void positiveControlWhatASessionSetsReachesOthers(PostgresServer server) throws SQLException {
        try (PgBouncer bouncer = shared(server).start();
                Connection careless = bouncer.connect()) {
            Sessions.run(careless, "set statement_timeout = '30s'");
            assertThat(statementTimeoutOf(bouncer)).isEqualTo("30s");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"AUTO", "TRANSACTION"})
    void nothingIsSetBehindATransactionPooler(PoolerMode mode, PostgresServer server) throws SQLException {
        try (PgBouncer bouncer = shared(server).start();
                PenstockConnector connector = to(bouncer, limited(mode));
                Connection first = connector.getConnection();
                Connection second = connector.getConnection()) {
            assertThat(limits(first)).containsEntry("statement_timeout", "0 default");
            assertThat(limits(second)).containsEntry("statement_timeout", "0 default");
            assertThat(statementTimeoutOf(bouncer)).isEqualTo("0");
            assertThat(told.await(1)).singleElement().satisfies(known -> {
                assertThat(known.pooler()).isEqualTo(PoolerMode.TRANSACTION);
                assertThat(known.limits()).hasSize(5).noneMatch(LimitsInForce.Limit::inForce);
            });
            assertThat(told.reasons())
                    .singleElement()
                    .asString()
                    .matches(
                            mode == PoolerMode.AUTO
                                    ? "a connection pooler stands in between: the session's key is of process -?\\d+,"
                                            + " but process \\d+ serves it; so nothing is set; the client enforces what it can see"
                                    : ".*penstock.session.pooler.*");
            assertThat(connector.control().sessionsNotInForce()).isEqualTo(2);
        }
    }

    /** Otherwise every session would count as one without its limits. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatTransactionsBeginWithIsNoFinding(boolean setLocal, PostgresServer server) throws SQLException {
        PenstockConfig config = Sessions.config(
                told,
                s -> s.statementTimeout(Duration.ofSeconds(30))
                        .lockTimeout(Duration.ofSeconds(5))
                        .setLocal(setLocal));
        try (PgBouncer bouncer = shared(server).start();
                PenstockConnector connector = to(bouncer, config)) {
            connector.getConnection().close();
            connector.getConnection().close();

            assertThat(connector.control().sessionsNotInForce()).isEqualTo(setLocal ? 0 : 2);
            assertThat(connector.control().limitsInForce())
                    .singleElement()
                    .satisfies(
                            known -> assertThat(String.valueOf(known.reason()).contains("begin with SET LOCAL of"))
                                    .isEqualTo(setLocal));
            assertThat(told.await(setLocal ? 0 : 1)).hasSize(setLocal ? 0 : 1);
        }
    }

    /** The transaction that was begun for the sake of its limits is ended with the lease, unless it was used. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatWasUsedIsForATransactionManagerToEnd(boolean used, PostgresServer server) throws SQLException {
        PenstockConfig config = Sessions.config(
                told, s -> s.statementTimeout(Duration.ofSeconds(30)).setLocal(true));
        try (PgBouncer bouncer = shared(server).start();
                PenstockConnector connector = to(bouncer, config);
                Connection physical = connector.getConnection()) {
            physical.setAutoCommit(false);
            PGSimpleDataSource enlisted = new PGSimpleDataSource() {
                @Override
                public Connection getConnection() {
                    return notClosed(physical);
                }
            };
            try (Connection lease = PenstockDataSource.guard(
                                    enlisted, PoolControl.unknown(Duration.ofSeconds(5)), connector)
                            .getConnection();
                    Statement statement = lease.createStatement()) {
                assertThat(stateOf(physical)).isEqualTo(TransactionState.OPEN);
                if (used) {
                    statement.execute("select 1");
                }
            }
            assertThat(stateOf(physical)).isEqualTo(used ? TransactionState.OPEN : TransactionState.IDLE);
        }
    }

    private static TransactionState stateOf(Connection connection) throws SQLException {
        return connection.unwrap(BaseConnection.class).getTransactionState();
    }

    private static Connection notClosed(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, args) -> method.getName().equals("close") ? null : method.invoke(connection, args));
    }

    @Test
    void theLogSaysHowToSetThemForTheRole(PostgresServer server) throws SQLException {
        server.execute("create role \"app \"\"x\"\"\" login password 'hush'");
        try (LogRecorder log = LogRecorder.ofPenstock();
                PgBouncer bouncer = shared(server).user("app \"x\"", "hush").start();
                PenstockConnector connector = PenstockConnector.builder(bouncer.jdbcUrl())
                        .user("app \"x\"")
                        .password("hush")
                        .config(limited(PoolerMode.AUTO))
                        .build();
                Connection first = connector.getConnection();
                Connection second = connector.getConnection()) {
            assertThat(List.of(first.isValid(5), second.isValid(5))).containsOnly(true);
            Await.until(
                    "hint", Duration.ofSeconds(10), () -> hints(log).findAny().isPresent());
            String hint = hints(log).findFirst().orElseThrow();
            assertThat(hint)
                    .startsWith("WARN ")
                    .contains(
                            "cannot enforce a lock timeout",
                            "ALTER ROLE \"app \"\"x\"\"\" SET statement_timeout = '30s';"
                                    + " ALTER ROLE \"app \"\"x\"\"\" SET lock_timeout = '5s';")
                    .doesNotContain("idle_session_timeout");
            assertThat(hints(log)).hasSize(1);
            assertThat(log.lines()).noneMatch(line -> line.contains("hush"));
            obeyed(hint, server, bouncer);
        } finally {
            server.execute("drop role \"app \"\"x\"\"\"");
        }
    }

    private static Stream<String> hints(LogRecorder log) {
        return log.lines().stream().filter(line -> line.contains("ALTER ROLE"));
    }

    private static void obeyed(String hint, PostgresServer server, PgBouncer before) throws SQLException {
        assertThat(before.pid()).isPositive();
        server.execute(hint.substring(hint.indexOf("ALTER ROLE")));
        PenstockConfig without = Sessions.config(new Told(), s -> s.statementTimeout(Duration.ofSeconds(30)));
        try (PgBouncer bouncer = shared(server).user("app \"x\"", "hush").start();
                PenstockConnector connector = PenstockConnector.builder(bouncer.jdbcUrl())
                        .user("app \"x\"")
                        .password("hush")
                        .config(without)
                        .build();
                Connection connection = connector.getConnection()) {
            assertThat(limits(connection)).containsEntry("statement_timeout", "30000 user");
            assertThat(connector.control().limitsInForce()).allMatch(LimitsInForce::complete);
            assertThat(connector.control().sessionsNotInForce()).isZero();
        }
    }

    @Test
    void aSessionPoolerIsSetAnewEachTime(PostgresServer server) throws SQLException {
        try (PgBouncer bouncer =
                        PgBouncer.inFrontOf(server).poolMode(PoolMode.SESSION).start();
                PenstockConnector connector = to(bouncer, limited(PoolerMode.SESSION));
                Connection first = connector.getConnection();
                Connection second = connector.getConnection()) {
            assertThat(limits(first)).containsEntry("statement_timeout", "30000 session");
            assertThat(limits(second)).containsEntry("statement_timeout", "30000 session");
            assertThat(told.soFar()).isEmpty();
            assertThat(connector.control().limitsInForce())
                    .singleElement()
                    .satisfies(known -> assertThat(known.pooler()).isEqualTo(PoolerMode.SESSION));
        }
    }

    /** The pooler comes later, at the same address, and swallows or refuses what the startup packet asks for. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aPoolerThatAppearsIsFound(boolean swallows, PostgresServer server) throws SQLException {
        int port = Loopback.freePort();
        try (PenstockConnector connector = PenstockConnector.builder(server.jdbcUrl("127.0.0.1", port))
                        .properties(server.credentials())
                        .property("prepareThreshold", "0")
                        .config(limited(PoolerMode.AUTO))
                        .build();
                PgBouncer bouncer = shared(server)
                        .ignoreStartupParameters(
                                swallows
                                        ? new String[] {"extra_float_digits", "options"}
                                        : new String[] {"extra_float_digits"})
                        .start()) {
            try (FaultProxy direct = FaultProxy.at(Loopback.address(1), port, server.address())) {
                connector.getConnection().close();
                connector.getConnection().close();
                assertThat(direct.accepted()).isEqualTo(2);
            }
            try (FaultProxy pooled = FaultProxy.at(Loopback.address(1), port, bouncer.address())) {
                for (int i = 0; i < 100; i++) {
                    connector.getConnection().close();
                }
                assertThat(told.await(1)).hasSize(1);
                assertThat(told.reasons().get(0)).contains("a connection pooler stands in between");
                assertThat(told.reasons().get(0).contains("[08P01]")).isEqualTo(!swallows);
                assertThat(statementTimeoutOf(bouncer)).isEqualTo("0");
                assertThat(pooled.accepted()).isEqualTo(swallows ? 100 : 101);
            }
        }
    }
}
