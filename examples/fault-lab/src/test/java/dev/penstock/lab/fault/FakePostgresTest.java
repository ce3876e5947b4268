package dev.penstock.lab.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.lab.Await;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

@WithPostgres
class FakePostgresTest {

    private static Connection connect(int port, Properties properties) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/postgres", properties);
    }

    @Test
    void refusesWithTheStateGivenAndThenLetsThrough(PostgresServer server) throws SQLException {
        try (FakePostgres fake = FakePostgres.errorThenProxy("57P03", "starting up", 2, server.address())) {
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> connect(fake.port(), server.credentials()))
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                e -> assertThat(e.getSQLState()).isEqualTo("57P03"))
                        .hasMessageContaining("starting up");
            }
            try (Connection connection = connect(fake.port(), server.credentials())) {
                assertThat(connection.isValid(5)).isTrue();
            }
            assertThat(fake.accepted()).isEqualTo(3);
        }
    }

    @Test
    void keepsRefusing(PostgresServer server) {
        try (FakePostgres fake = FakePostgres.start(PgScript.full())) {
            assertThatThrownBy(() -> connect(fake.port(), server.credentials()))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("53300"));
            fake.proxy().behave(PgScript.startingUp());
            assertThatThrownBy(() -> connect(fake.port(), server.credentials()))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57P03"));
        }
    }

    @Test
    void hangsAfterEitherAnswerToAnSslRequest(PostgresServer server) {
        hangsAfter(1, PgScript.muteTls(), server);
        hangsAfter(1, PgScript.declinesTlsThenSilence(), server);
    }

    @Test
    void hangsAfterAuthentication(PostgresServer server) {
        hangsAfter(1 + 9, PgScript.authenticationOkThenSilence(), server);
        hangsAfter(100, PgScript.authenticationOkThenNotices(Duration.ofMillis(10)), server);
    }

    @Test
    void hangsAtTheFirstQuery(PostgresServer server) {
        hangsAfter(200, PgScript.readyThenSilence(), server);
    }

    private static void hangsAfter(int bytes, Behaviour script, PostgresServer server) {
        try (FakePostgres fake = FakePostgres.start(script)) {
            CompletableFuture<Void> connect = CompletableFuture.runAsync(() -> {
                try {
                    connect(fake.port(), server.credentials()).close();
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            BooleanSupplier said = () -> fake.proxy().bytesFromServer() >= bytes;
            Await.until(bytes + " bytes of " + script, Duration.ofSeconds(10), said);
            assertThat(connect).isNotDone();
            fake.proxy().behave(Behaviour.rst()).resetOpen();
            Await.until("the end of it", Duration.ofSeconds(10), connect::isDone);
        }
    }
}
