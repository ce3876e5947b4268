package dev.penstock.hikari;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.PenstockListener.Enforcement;
import dev.penstock.PenstockListener.TimeoutEnforced;
import dev.penstock.SessionLimit;
import dev.penstock.lab.Await;
import dev.penstock.lab.junit.NoLeftovers;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits over a real pool and a real server that has had its own line taken away: the client's holds. */
@WithPostgres(tls = true)
@NoLeftovers
class TimeoutsTest {
    private final PostgresServer server;
    private final Limits limits;

    TimeoutsTest(PostgresServer server) {
        this.server = server;
        this.limits = new Limits(server);
    }

    // ---- statements ----------------------------------------------------------------------------

    @ParameterizedTest(name = "TLS {0}")
    @ValueSource(booleans = {false, true})
    void aStatementIsCancelledThoughTheApplicationHasSetTheServersLimitAway(boolean tls) throws Exception {
        try (var pool = limits.pool(tls, session -> session.statementTimeout(Limits.LIMIT));
                Connection connection = pool.getConnection()) {
            Limits.execute(connection, "set statement_timeout = 0");
            SQLException cut = Limits.failure(() -> Limits.execute(connection, "select pg_sleep(60)"));

            assertThat(cut.getSQLState()).isEqualTo("57014");
            assertThat(Pools.ask(connection, "select 1")).isEqualTo("1");
            TimeoutEnforced event = limits.only(SessionLimit.STATEMENT, Enforcement.CANCELLED);
            assertThat(event.took()).isGreaterThan(Limits.LIMIT);
            assertThat(event.lease()).isNotNull();
            assertThat(event.ofLease()).isFalse();
            assertThat(pool.control().enforcedTimeouts(SessionLimit.STATEMENT, Enforcement.CANCELLED))
                    .isEqualTo(1);
        }
    }

    @Test
    void theServersOwnLimitComesFirst() throws Exception {
        try (var pool = limits.pool(
                        false, session -> session.statementTimeout(Limits.LIMIT).grace(Duration.ofSeconds(30)));
                Connection connection = pool.getConnection()) {
            assertThat(Limits.failure(() -> Limits.execute(connection, "select pg_sleep(60)"))
                            .getSQLState())
                    .isEqualTo("57014");
            assertThat(Pools.ask(connection, "select 1")).isEqualTo("1");
            assertThat(limits.enforced()).isEmpty();
        }
    }

    /** Every notice is a byte from the server; the cancel is caught by the block. */
    @ParameterizedTest(name = "TLS {0}")
    @ValueSource(booleans = {false, true})
    void aStatementThatWillNotBeCancelledLosesItsSocket(boolean tls) throws Exception {
        try (var pool = limits.pool(tls, session -> session.statementTimeout(Limits.LIMIT))) {
            Connection connection = pool.getConnection();
            Limits.execute(connection, "set statement_timeout = 0");
            SQLException cut = Limits.failure(() -> Limits.execute(connection, """
                    do $$ declare i int; begin for i in 1..20000 loop
                      begin perform pg_sleep(0.003); raise notice 'still here';
                      exception when query_canceled then null; end; end loop; end $$"""));

            Limits.assertSays(cut, SessionLimit.STATEMENT);
            connection.close();
            assertThat(Pools.ask(pool, "select 1")).isEqualTo("1");
            limits.only(SessionLimit.STATEMENT, Enforcement.ABORTED);
            Await.until("the server has noticed", Limits.SOON, this::nobodyRuns);
        }
    }

    // ---- transactions --------------------------------------------------------------------------

    @ParameterizedTest(name = "autocommit {0}")
    @ValueSource(booleans = {true, false})
    void aTransactionThatTakesTooLongIsEnded(boolean autoCommit) throws Exception {
        try (var pool = limits.pool(false, session -> session.transactionTimeout(Limits.LIMIT))) {
            Connection connection = pool.getConnection();
            connection.setAutoCommit(autoCommit);
            if (autoCommit) {
                Limits.execute(connection, "set transaction_timeout = 0");
                Limits.execute(connection, "begin");
            } else {
                Limits.execute(connection, "set transaction_timeout = 0");
                connection.commit();
            }
            SQLException cut = Limits.failure(() -> {
                while (true) {
                    Limits.execute(connection, "select pg_sleep(0.02)");
                }
            });

            assertThat(cut.getSQLState()).isIn("57014", "08006");
            if (autoCommit && !connection.isClosed()) {
                Limits.execute(
                        connection, "rollback"); // the pool does not know of a transaction that was begun by hand
            }
            connection.close();
            assertThat(Pools.ask(pool, "select 1")).isEqualTo("1");
            Await.until("it was told", Limits.SOON, () -> !limits.enforced().isEmpty());
            assertThat(limits.enforced().get(0).limit()).isEqualTo(SessionLimit.TRANSACTION);
        }
    }

    /** What it says lies unread on the socket until somebody calls. */
    @Test
    void whatTheServerHasEndedIsNotEndedAgainHoweverLateTheNextCall() throws Exception {
        try (var pool = limits.pool(false, session -> session.idleInTransactionTimeout(Limits.LIMIT));
                Connection other = server.connect()) {
            Connection connection = pool.getConnection();
            connection.setAutoCommit(false);
            Limits.execute(connection, "select 1");
            Limits.execute(other, "select pg_sleep(2)"); // limit, grace and more pass
            assertThat(Limits.failure(() -> Limits.execute(connection, "select 2"))
                            .getSQLState())
                    .isEqualTo("25P03");
            connection.close();
            assertThat(limits.enforced()).isEmpty();
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
