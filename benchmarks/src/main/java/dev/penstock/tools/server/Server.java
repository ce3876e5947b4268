package dev.penstock.tools.server;

import dev.penstock.PenstockConfig;
import dev.penstock.PenstockConnector;
import dev.penstock.budget.live.BudgetProbe;
import dev.penstock.budget.live.Reading;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * A server of the user's.
 *
 * @param login who logs in where
 * @param deadline for a connect as a whole, and for each answer after it
 * @param applicationName that the sessions carry
 */
public record Server(Login login, Duration deadline, String applicationName) {
    private static final String APPLICATION_NAME = "ApplicationName";

    /** A new session, each answer of which is waited for no longer than the deadline. */
    public Connection connect() throws SQLException {
        try (PenstockConnector connector = connector()) {
            Connection connection = connector.getConnection();
            try {
                connection.setNetworkTimeout(Runnable::run, Math.toIntExact(deadline.toMillis()));
                return connection;
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
        }
    }

    private PenstockConnector connector() {
        PenstockConfig config = PenstockConfig.builder()
                .connect(connect -> connect.deadline(deadline))
                .build();
        return login.connector()
                .name("penstock-tools")
                .property(APPLICATION_NAME, applicationName)
                .config(config)
                .build();
    }

    /** Its limits and sessions, over one short-lived connection. */
    public Reading read() throws SQLException {
        try (Connection connection = connect()) {
            return read(connection);
        }
    }

    /** The same over a connection that {@link #connect} has made. */
    public Reading read(Connection connection) throws SQLException {
        try {
            return BudgetProbe.read(connection);
        } catch (SQLException e) {
            throw new SQLException(
                    "connected, but then the server did not tell its limits and sessions (limit " + deadline.toMillis()
                            + " ms for each answer, --deadline): " + e.getMessage(),
                    e.getSQLState(),
                    e);
        }
    }
}
