package dev.penstock.hikari;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.ProxyConnection;
import dev.penstock.hikari.JdbcScripts.Script;
import dev.penstock.lab.Await;
import dev.penstock.lab.junit.NoLeftovers;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.PGConnection;
import org.postgresql.core.BaseConnection;

/**
 * The same scripts on a connection of HikariCP's and on one that Penstock lends: each call has the same result, or the
 * same exception.
 */
@WithPostgres
@NoLeftovers
class JdbcBehaviourTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final PostgresServer server;

    JdbcBehaviourTest(PostgresServer server) {
        this.server = server;
    }

    static Stream<String> scripts() {
        return JdbcScripts.ALL.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void sameResultsAndExceptionsCallByCall(String script) throws Exception {
        Transcript bare = play(script, new HikariDataSource(config()));
        Transcript leased = play(script, new PenstockHikariDataSource(config()));

        assertThat(Transcript.differences(bare, leased)).isEmpty();
        assertThat(bare.lines()).as("the script has called something").hasSizeGreaterThan(5);
    }

    @Test
    void theScriptsCallEveryMethodInOrdinaryUse() throws Exception {
        Set<Method> called = new HashSet<>();
        for (String script : JdbcScripts.ORDINARY) {
            called.addAll(play(script, new HikariDataSource(config())).connectionMethods());
        }
        assertThat(called).containsAll(Arrays.asList(Connection.class.getMethods()));
    }

    /** Nothing that the scripts do keeps a connection, or the pool from serving. */
    private Transcript play(String name, HikariDataSource pool) throws Exception {
        Script script = JdbcScripts.ALL.get(name);
        Transcript transcript = new Transcript();
        try (pool) {
            script.play(new JdbcScripts.Stage(pool, server, transcript));
            if (!pool.isClosed()) {
                Await.until("everything has come back", LIMIT, () -> active(pool) == 0);
                transcript.note("afterwards", Pools.ask(pool, "select 'serves'"));
            }
        }
        return transcript;
    }

    private HikariConfig config() {
        HikariConfig config = Pools.config(server);
        config.setMaximumPoolSize(1);
        config.setPoolName("behaviour");
        return config;
    }

    private static int active(HikariDataSource pool) {
        return pool.getHikariPoolMXBean().getActiveConnections();
    }

    /** Else the comparison proves nothing. */
    @Test
    void aDeviationInResultOrMessageOrStateIsSeen() throws SQLException {
        List<Object> answers = List.of(
                "public",
                "orders",
                new SQLException("no", "57014"),
                new SQLException("no", "57015"),
                new SQLException("No", "57014"),
                new SQLException("no", "57014", new IllegalStateException()),
                new IllegalStateException("no"));
        for (Object one : answers) {
            for (Object other : answers) {
                assertThat(Transcript.differences(answering(one), answering(other)))
                        .hasSize(one == other ? 0 : 1);
            }
        }
    }

    private static Transcript answering(Object answer) {
        Transcript transcript = new Transcript();
        Connection connection = transcript.of((Connection) Proxy.newProxyInstance(
                JdbcBehaviourTest.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, with) -> {
                    if (answer instanceof Throwable thrown) {
                        throw thrown;
                    }
                    return answer;
                }));
        JdbcScripts.attempt(connection::getSchema);
        return transcript;
    }

    /** Nor if both were the same. */
    @Test
    void whatPenstockLendsIsNotThePoolsOwn() throws SQLException {
        try (var pool = new PenstockHikariDataSource(config());
                Connection connection = pool.getConnection()) {
            assertThat(connection).isNotInstanceOf(ProxyConnection.class);
            assertThat(connection.unwrap(ProxyConnection.class)).isSameAs(JdbcScripts.poolsOwn(connection));
        }
    }

    // ---- what cannot be the same, or cannot be compared ------------------------------------------

    /** Statements are not wrapped: what they name as their connection is the pool's own. */
    @Test
    void statementsAndMetaDataNameThePoolsOwnConnection() throws SQLException {
        try (var pool = new PenstockHikariDataSource(config());
                Connection connection = pool.getConnection();
                var statement = connection.createStatement();
                var prepared = connection.prepareStatement("select 1")) {
            Connection pools = JdbcScripts.poolsOwn(connection);
            assertThat(statement.getConnection()).isSameAs(pools);
            assertThat(prepared.getConnection()).isSameAs(pools);
            assertThat(connection.getMetaData().getConnection()).isSameAs(pools);
            assertThat(pools.unwrap(PGConnection.class)).isSameAs(connection.unwrap(PGConnection.class));
        }
    }

    /** Code that has nothing but a statement can give the connection back all the same. */
    @Test
    @SuppressWarnings("try") // closed twice, on purpose
    void closingThePoolsOwnConnectionClosesTheBorrowedOne() throws SQLException {
        try (var pool = new PenstockHikariDataSource(config());
                Connection connection = pool.getConnection()) {
            connection.createStatement().getConnection().close();

            assertThat(connection.isClosed()).isTrue();
            assertThatThrownBy(connection::createStatement)
                    .isInstanceOf(SQLException.class)
                    .hasMessage("Connection is closed");
            assertThat(active(pool)).isZero();
            connection.close();
            assertThat(active(pool)).isZero();
        }
    }

    @Test
    void isItselfAndNoOther() throws SQLException {
        HikariConfig two = config();
        two.setMaximumPoolSize(2);
        try (var pool = new PenstockHikariDataSource(two)) {
            Connection first = pool.getConnection();
            try (Connection other = pool.getConnection()) {
                assertThat(first).isNotEqualTo(other).isNotEqualTo(null);
                assertThat(first.toString()).contains("PgConnection");
                int hash = first.hashCode();
                Map<Connection, String> map = Map.of(first, "first", other, "other");
                first.close();
                assertThat(first.hashCode()).isEqualTo(hash);
                assertThat(map).containsEntry(first, "first").containsEntry(other, "other");
                assertThat(first.toString()).isNotEmpty();
            }
            try (Connection again = pool.getConnection()) {
                assertThat(again).as("another lease of the same session").isNotEqualTo(first);
            }
        }
    }

    @Test
    void driverIsReachedWhateverLiesBetween() throws SQLException {
        try (var pool = new PenstockHikariDataSource(config());
                Connection connection = pool.getConnection()) {
            assertThat(connection.isWrapperFor(PGConnection.class)).isTrue();
            assertThat(connection.unwrap(BaseConnection.class)).isSameAs(connection.unwrap(PGConnection.class));
            assertThat(connection.unwrap(PGConnection.class).getBackendPID() + "")
                    .isEqualTo(Pools.ask(connection, "select pg_backend_pid()"));
        }
    }

    @Test
    void evictsAConnectionOnLoanAndNoOther() throws SQLException {
        HikariConfig two = config();
        two.setMaximumPoolSize(2);
        try (var pool = new PenstockHikariDataSource(two)) {
            Connection evicted = pool.getConnection();
            String pid = Pools.ask(evicted, "select pg_backend_pid()");
            try (Connection other = pool.getConnection()) {
                String otherPid = Pools.ask(other, "select pg_backend_pid()");
                pool.evictConnection(evicted);
                evicted.close();
                try (Connection next = pool.getConnection()) {
                    assertThat(Pools.ask(next, "select pg_backend_pid()")).isNotEqualTo(pid);
                    assertThat(Pools.ask(other, "select pg_backend_pid()")).isEqualTo(otherPid);
                }
            }
        }
    }
}
