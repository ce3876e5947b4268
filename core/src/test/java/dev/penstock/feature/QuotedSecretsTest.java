package dev.penstock.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.penstock.Credentials;
import dev.penstock.CredentialsSupplier;
import dev.penstock.PenstockConnector;
import dev.penstock.lab.Await;
import dev.penstock.lab.fault.FakePostgres;
import dev.penstock.lab.fault.PgScript;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** Others may quote a secret in what they throw. Their exceptions stay as they are; our own words are masked. */
class QuotedSecretsTest {
    private static final String SECRET = "Zebra-7-Canary";

    private static void assertMasked(int port, CredentialsSupplier supplier, String lastLine) {
        try (LogRecorder log = LogRecorder.ofPenstock()) {
            PenstockConnector connector = Connectors.over(
                    "jdbc:postgresql://127.0.0.1:" + port + "/db?sslmode=disable",
                    new Properties(),
                    connect -> connect.credentials(supplier));

            SQLException failure =
                    Objects.requireNonNull(catchThrowableOfType(SQLException.class, connector::getConnection));

            assertThat(failure.getMessage()).contains("password=***").doesNotContain(SECRET);
            assertThat(Objects.requireNonNull(failure.getCause()).getMessage()).contains(SECRET);
            // told by the worker, possibly after the caller has the exception
            Await.until(
                    "the attempt's line",
                    Duration.ofSeconds(5),
                    () -> log.lines().stream().anyMatch(line -> line.startsWith(lastLine)));
            assertThat(log.lines())
                    .anyMatch(line -> line.startsWith("DEBUG") && line.contains("password=***"))
                    .noneMatch(line -> line.contains(SECRET));
        }
    }

    @Test
    void aServerThatQuotesThePasswordIsMasked() {
        try (FakePostgres quoting = FakePostgres.start(PgScript.error("28P01", "wrong: password=" + SECRET))) {
            assertMasked(quoting.port(), () -> new Credentials("app", SECRET), "TRACE");
        }
    }

    @Test
    void aSupplierThatQuotesThePasswordIsMasked() {
        assertMasked(
                1,
                () -> {
                    throw new SQLException("the vault has no user=app&password=" + SECRET);
                },
                "DEBUG");
    }
}
