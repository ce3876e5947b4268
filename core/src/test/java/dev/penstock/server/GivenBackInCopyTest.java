package dev.penstock.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.PenstockConnector;
import dev.penstock.PenstockDataSource;
import dev.penstock.PoolControl;
import dev.penstock.SessionTimeouts;
import dev.penstock.feature.LogRecorder;
import dev.penstock.lab.junit.NoLeftovers;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Whoever gives a connection back in the middle of a COPY: setting its limits back would wait for ever. */
@WithPostgres
@NoLeftovers
class GivenBackInCopyTest {
    @Test
    @Timeout(60)
    void isToldAndDoesNotWait(PostgresServer server) throws SQLException {
        try (LogRecorder log = LogRecorder.ofPenstock();
                PenstockConnector connector = Sessions.to(
                                server, Sessions.config(new Told(), s -> s.statementTimeout(Duration.ofSeconds(30))))
                        .build()) {
            PenstockDataSource guarded =
                    PenstockDataSource.guard(connector, PoolControl.unknown(Duration.ofSeconds(5)), connector);
            for (int i = 0; i < 2; i++) {
                Connection connection =
                        guarded.withTimeouts(SessionTimeouts.unlimited()).getConnection();
                Sessions.run(connection, "create temporary table half (line text)");
                PGConnection driver = connection.unwrap(PGConnection.class);
                CopyIn copy = driver.getCopyAPI().copyIn("copy half from stdin");
                assertThat(copy.isActive()).isTrue();

                connection.close();

                assertThat(((Connection) driver).isClosed()).isTrue();
            }
            assertThat(log.lines())
                    .filteredOn(line -> line.contains("in the middle of a COPY"))
                    .singleElement()
                    .asString()
                    .startsWith("WARN ");
        }
    }
}
