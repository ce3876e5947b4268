package dev.penstock.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.PenstockConnector;
import dev.penstock.lab.junit.NoLeftovers;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Who shortens read timeouts, and what the connection says of it. */
@WithPostgres
@NoLeftovers
class ReadTimeoutsTest {
    private final PostgresServer server;

    ReadTimeoutsTest(PostgresServer server) {
        this.server = server;
    }

    private static void sleep(Connection connection, double seconds) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("select pg_sleep(" + seconds + ")");
        }
    }

    @Test
    void theShorterOneCountsAndTheOneThatWasSetIsAnswered() throws Exception {
        try (PenstockConnector connector = PenstockConnector.builder(server.jdbcUrl())
                        .user(server.user())
                        .password(server.password())
                        .readTimeouts(() -> wanted -> wanted == 60_000 ? 100 : wanted)
                        .build();
                Connection connection = connector.getConnection()) {
            assertThat(connection.getNetworkTimeout()).isZero();
            sleep(connection, 0.2);

            connection.setNetworkTimeout(Runnable::run, 60_000);

            assertThat(connection.getNetworkTimeout()).isEqualTo(60_000);
            assertThatThrownBy(() -> sleep(connection, 20)).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void eachConnectionHasSomebodyOfItsOwn() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (PenstockConnector connector = PenstockConnector.builder(server.jdbcUrl())
                        .user(server.user())
                        .password(server.password())
                        .readTimeouts(() -> {
                            asked.incrementAndGet();
                            return wanted -> wanted;
                        })
                        .build();
                Connection first = connector.getConnection();
                Connection second = connector.getConnection()) {
            assertThat(first).isNotSameAs(second);
            assertThat(asked).hasValue(2);
        }
    }
}
