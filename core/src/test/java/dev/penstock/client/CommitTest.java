package dev.penstock.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.penstock.PenstockConfig;
import dev.penstock.PenstockConnector;
import dev.penstock.SessionTimeoutException;
import dev.penstock.lab.junit.NoLeftovers;
import dev.penstock.lab.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A COMMIT that waits for its standby. The server's own limit does not run then, and it answers a cancel request with
 * success: the application would take for replicated what is not.
 */
@NoLeftovers
@Tag("driver")
class CommitTest {
    private final PenstockConfig config = PenstockConfig.builder()
            .session(session -> session.statementTimeout(Duration.ofSeconds(1)).grace(Duration.ofMillis(400)))
            .build();

    @Test
    void isNeverCancelledIntoASuccess() throws SQLException {
        try (PostgresServer server = PostgresServer.start()) {
            server.execute("create table kept (n int)");
            server.execute("alter system set synchronous_standby_names = 'nobody'");
            server.execute("select pg_reload_conf()");
            try (PenstockConnector connector = PenstockConnector.builder(server.jdbcUrl())
                            .user(server.user())
                            .password(server.password())
                            .config(config)
                            .build();
                    Connection connection = connector.getConnection()) {
                connection.setAutoCommit(false);
                try (Statement statement = connection.createStatement()) {
                    statement.execute("set synchronous_commit = on");
                    statement.execute("insert into kept values (1)");
                }

                SQLException cut = catchThrowableOfType(SQLException.class, connection::commit);
                assertThat((Throwable) cut).hasRootCauseInstanceOf(SessionTimeoutException.class);
                assertThat(Objects.requireNonNull(cut).getSQLState()).isEqualTo("08006");
                assertThat(connector.control().cancelsDelivered()).isZero();
            }
        }
    }
}
