package dev.penstock.tools.tune.load;

import com.zaxxer.hikari.HikariConfig;
import dev.penstock.PenstockConfig;
import dev.penstock.hikari.PenstockHikariDataSource;
import dev.penstock.tools.server.Server;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * What the sessions are like that do the work: of one name, none of their statements runs for ever, and they write only
 * if they may.
 *
 * @param server which, as whom
 * @param statementLimit of one statement; enforced by the server, and by the client if the server does not answer
 * @param readOnly whether every transaction of theirs is read-only
 */
public record SessionPlan(Server server, Duration statementLimit, boolean readOnly) {
    /**
     * For whatever transaction, however it begins. Not {@code readOnlyMode=always}, which a parameter of the URL could
     * undo, and with which the driver makes the session one that may write whenever autocommit is switched off, at the
     * price of a round trip.
     */
    private static final String READ_ONLY = "set default_transaction_read_only = on";

    /** Longer than anybody waits for a pool while it is measured. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

    /** Of one session, which only the trial uses: all else is that of the pool's. */
    public Connection connect() throws SQLException {
        Connection connection = server.connect();
        try (Statement statement = connection.createStatement()) {
            connection.setNetworkTimeout(
                    Runnable::run,
                    Math.toIntExact(statementLimit.plus(server.deadline()).toMillis()));
            boolean unused = statement.execute("set statement_timeout = " + statementLimit.toMillis());
            if (readOnly) {
                unused = statement.execute(READ_ONLY);
                connection.setReadOnly(true);
            }
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * A pool of that size, in which so far there is the one connection that HikariCP starts with.
     *
     * @param idle how long a session may have nothing to do at least; one that is left behind when the network goes is
     *     ended by the server after that
     */
    PenstockHikariDataSource pool(int size, Duration idle) {
        HikariConfig hikari = new HikariConfig();
        hikari.setPoolName("tune-" + size);
        hikari.setJdbcUrl(server.login().url());
        if (server.login().user() != null) {
            hikari.setUsername(server.login().user());
        }
        if (server.login().password() != null) {
            hikari.setPassword(server.login().password());
        }
        hikari.setMaximumPoolSize(size);
        hikari.setMinimumIdle(size);
        hikari.setIdleTimeout(0);
        hikari.setMaxLifetime(0); // what is measured is one set of sessions
        hikari.setConnectionTimeout(Math.max(250, server.deadline().toMillis()));
        hikari.addDataSourceProperty("ApplicationName", server.applicationName());
        hikari.setReadOnly(readOnly);
        if (readOnly) {
            hikari.setConnectionInitSql(READ_ONLY);
        }
        return new PenstockHikariDataSource(hikari, config(idle));
    }

    /** Filled: from now on a borrower waits until it is served, or the measurement is over. */
    static void waitsForEver(PenstockHikariDataSource pool) {
        pool.setConnectionTimeout(LONGEST_WAIT.toMillis());
    }

    private PenstockConfig config(Duration idle) {
        return PenstockConfig.builder()
                .connect(connect -> connect.deadline(server.deadline()))
                .session(session -> session.statementTimeout(statementLimit)
                        .idleInTransactionTimeout(statementLimit)
                        .idleSessionTimeout(idle))
                .build();
    }
}
