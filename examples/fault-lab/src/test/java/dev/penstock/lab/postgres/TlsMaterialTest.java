package dev.penstock.lab.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TlsMaterialTest {
    /** Held, because the JDK forgets a level set on a logger that nobody holds. */
    private static final Logger VERIFIER = Logger.getLogger("org.postgresql.ssl.PGjdbcHostnameVerifier");

    private static TlsMaterial material;
    private static PostgresServer server;

    @BeforeAll
    static void start() {
        material = TlsMaterial.forNames("db.penstock.test", "localhost", "127.0.0.1");
        server = PostgresServer.builder()
                .tls(material)
                .listenAddresses("127.0.0.1,127.0.0.2")
                .hba("hostssl template1 all all cert")
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
        material.close();
        assertThat(material.directory()).doesNotExist();
    }

    @Test
    void issuesCertificatesThatTheJdkAccepts() throws Exception {
        X509Certificate authority = read(material.caCertificate());
        X509Certificate certificate = read(material.serverCertificate());

        certificate.verify(authority.getPublicKey());
        certificate.checkValidity();
        assertThat(authority.getBasicConstraints()).isNotNegative();
        assertThat(certificate.getSubjectAlternativeNames())
                .containsExactly(List.of(2, "db.penstock.test"), List.of(2, "localhost"), List.of(7, "127.0.0.1"));
    }

    @Test
    void verifyFullHoldsForTheNamesGiven() throws SQLException {
        assertThat(protocolAt("localhost", material.verifyFull())).isEqualTo("TLSv1.3");
        assertThat(protocolAt("127.0.0.1", material.verifyFull())).isEqualTo("TLSv1.3");
    }

    @Test
    void verifyFullRefusesAnyOtherName() {
        VERIFIER.setLevel(Level.OFF); // its complaint is what is wanted here
        assertThatThrownBy(() -> protocolAt("127.0.0.2", material.verifyFull()))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("127.0.0.2");
    }

    @Test
    void strangersAreNotTrusted() {
        try (TlsMaterial stranger = TlsMaterial.forNames("localhost")) {
            assertThatThrownBy(() -> protocolAt("localhost", stranger.verifyFull()))
                    .isInstanceOf(SQLException.class)
                    .hasStackTraceContaining("CertPathValidatorException");
        }
    }

    @Test
    void tlsMayComeFirst() throws SQLException {
        Properties direct = material.verifyFull();
        direct.setProperty("sslNegotiation", "direct");

        assertThat(protocolAt("localhost", direct)).isEqualTo("TLSv1.3");
    }

    @Test
    void aClientCertificateLetsIn() throws SQLException {
        Properties properties = material.verifyFull();
        properties.setProperty("user", server.user());
        String url = server.jdbcUrl().replace("/postgres", "/template1");
        assertThatThrownBy(() -> protocol(url, properties)).hasMessageContaining("certificate");

        properties.setProperty("sslcert", material.clientCertificate().toString());
        properties.setProperty("sslkey", material.clientKey().toString());

        assertThat(protocol(url, properties)).isEqualTo("TLSv1.3");
    }

    private static String protocolAt(String host, Properties tls) throws SQLException {
        Properties properties = server.credentials();
        properties.putAll(tls);
        return protocol(server.jdbcUrl(host, server.port()), properties);
    }

    private static String protocol(String url, Properties properties) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, properties);
                Statement statement = connection.createStatement();
                ResultSet result =
                        statement.executeQuery("SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid()")) {
            result.next();
            return result.getString(1);
        }
    }

    private static X509Certificate read(Path file) throws Exception {
        try (InputStream in = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }
}
