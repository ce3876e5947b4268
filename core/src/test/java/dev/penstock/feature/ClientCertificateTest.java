package dev.penstock.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.penstock.ConnectFailedException;
import dev.penstock.ConnectOutcome;
import dev.penstock.ConnectPhase;
import dev.penstock.ConnectRejectedException;
import dev.penstock.PenstockConnector;
import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.lab.postgres.TlsMaterial;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A database that asks for a certificate instead of a password. */
@Tag("tls")
@Tag("driver")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClientCertificateTest implements LeavesNothing {
    private final TlsMaterial tls = TlsMaterial.forNames(Connectors.NAME, "127.0.0.1");
    private final PostgresServer server = PostgresServer.builder()
            .tls(tls)
            .hba("hostssl certified all all cert")
            .start();

    @BeforeAll
    void createTheDatabase() throws SQLException {
        server.execute("create database certified");
    }

    @AfterAll
    void stop() {
        server.close();
        tls.close();
    }

    private PenstockConnector connector(@Nullable TlsMaterial client) {
        Properties properties = tls.verifyFull();
        properties.setProperty("user", server.user());
        if (client != null) {
            properties.setProperty("sslcert", client.clientCertificate().toString());
            properties.setProperty("sslkey", client.clientKey().toString());
        }
        return Connectors.over("jdbc:postgresql://127.0.0.1:" + server.port() + "/certified", properties);
    }

    @Test
    void theCertificateIsThePassword() throws SQLException {
        assertThat(Connectors.ask(connector(tls), "select client_dn from pg_stat_ssl where pid = pg_backend_pid()"))
                .contains("CN=postgres");
    }

    @Test
    void withoutOneTheServerRejects() {
        ConnectRejectedException failure = Objects.requireNonNull(
                catchThrowableOfType(ConnectRejectedException.class, connector(null)::getConnection));

        assertThat(failure.getSQLState()).isEqualTo("28000");
        assertThat(failure.getMessage()).contains("certificate");
    }

    @Test
    void oneOfAnotherAuthorityIsRefused() {
        try (TlsMaterial stranger = TlsMaterial.forNames("stranger.penstock.test")) {
            ConnectFailedException failure = Objects.requireNonNull(
                    catchThrowableOfType(ConnectFailedException.class, connector(stranger)::getConnection));

            // in TLS 1.3 the server refuses it only after the client has finished and gone on
            assertThat(failure.phase()).isIn(ConnectPhase.TLS, ConnectPhase.STARTUP);
            assertThat(failure.outcome()).isEqualTo(ConnectOutcome.BROKEN);
            assertThat(failure.attempts()).hasSize(1);
        }
    }
}
