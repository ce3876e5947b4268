package dev.penstock.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.penstock.ConnectFailedException;
import dev.penstock.ConnectOutcome;
import dev.penstock.ConnectPhase;
import dev.penstock.PenstockConnector;
import dev.penstock.lab.fault.Behaviour;
import dev.penstock.lab.fault.DnsScript;
import dev.penstock.lab.fault.FaultProxy;
import dev.penstock.lab.fault.Loopback;
import dev.penstock.lab.fault.PgScript;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.lab.postgres.TlsMaterial;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * TLS is about the name in the URL. The server's certificate is for {@code db.penstock.test} and 127.0.0.1; the name is
 * resolved to 127.0.0.23, which is not on it.
 */
@WithPostgres(tls = true)
@Tag("tls")
@Tag("driver")
class TlsTest implements LeavesNothing {
    private static final String IS_ENCRYPTED = "select ssl from pg_stat_ssl where pid = pg_backend_pid()";
    private static final String STRANGER = "other.penstock.test";

    private final PostgresServer server;
    private final TlsMaterial tls;
    private final FaultProxy front;
    private final DnsScript dns = new DnsScript();

    TlsTest(PostgresServer server) {
        this.server = server;
        this.tls = Objects.requireNonNull(server.tls());
        this.front = FaultProxy.anyPort(Loopback.address(Connectors.NAME, 23), server.address());
        dns.answer(Connectors.NAME, front.address());
    }

    @AfterEach
    void closeFront() {
        front.close();
    }

    private PenstockConnector connector(String host, String... namesAndValues) {
        Properties properties = Connectors.login(server, namesAndValues);
        properties.putIfAbsent("sslrootcert", tls.caCertificate().toString());
        return Connectors.over(server.jdbcUrl(host, front.port()), properties, dns);
    }

    private ConnectFailedException refusal(PenstockConnector connector) {
        return Objects.requireNonNull(catchThrowableOfType(ConnectFailedException.class, connector::getConnection));
    }

    @ParameterizedTest
    @CsvSource({
        "disable, f",
        "allow, f",
        "prefer, t",
        "require, t",
        "verify-ca, t",
        "verify-full, t",
    })
    void everySslModeMeansWhatItMeansToTheDriver(String sslmode, String encrypted) throws SQLException {
        assertThat(Connectors.ask(connector(Connectors.NAME, "sslmode", sslmode), IS_ENCRYPTED))
                .isEqualTo(encrypted);
        assertThat(front.accepted()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"require", "verify-ca", "verify-full"})
    void directNegotiationNeedsNoRequestForTls(String sslmode) throws SQLException {
        PenstockConnector connector = connector(Connectors.NAME, "sslmode", sslmode, "sslNegotiation", "direct");

        assertThat(Connectors.ask(connector, IS_ENCRYPTED)).isEqualTo("t");
        assertThat(front.accepted()).isEqualTo(1);
    }

    @ParameterizedTest(name = "sslNegotiation={0}")
    @ValueSource(strings = {"postgres", "direct"})
    void aWrongNameIsRefusedThoughTheAddressIsOnTheCertificate(String negotiation) {
        try (FaultProxy local = FaultProxy.at(Loopback.address(1), front.port(), server.address())) {
            dns.answer(STRANGER, local.address());

            ConnectFailedException refusal =
                    refusal(connector(STRANGER, "sslmode", "verify-full", "sslNegotiation", negotiation));

            assertThat(refusal.phase()).isEqualTo(ConnectPhase.TLS);
            assertThat(refusal.outcome()).isEqualTo(ConnectOutcome.BROKEN);
            assertThat(refusal.getSQLState()).isEqualTo("08006");
            assertThat(refusal.getMessage())
                    .contains(STRANGER + ":" + front.port() + " at 127.0.0.1:" + front.port() + "  TLS:")
                    .contains("hostname " + STRANGER + " could not be verified")
                    .contains("check sslmode and certificates");
            assertThat(local.accepted()).isEqualTo(1);
        }
    }

    @Test
    void anAddressThatIsNotOnTheCertificateIsRefused() {
        ConnectFailedException refusal = refusal(connector("127.0.0.23", "sslmode", "verify-full"));

        assertThat(refusal.phase()).isEqualTo(ConnectPhase.TLS);
        assertThat(refusal.attempts()).hasSize(1);
    }

    @Test
    void anAddressThatIsOnTheCertificateIsTaken() throws SQLException {
        Properties properties = Connectors.login(server);
        properties.putAll(tls.verifyFull());

        assertThat(Connectors.ask(Connectors.over(server.jdbcUrl(), properties), IS_ENCRYPTED))
                .isEqualTo("t");
    }

    @ParameterizedTest
    @ValueSource(strings = {"verify-ca", "verify-full"})
    void aStrangersAuthorityIsRefused(String sslmode) {
        try (TlsMaterial stranger = TlsMaterial.forNames(Connectors.NAME)) {
            ConnectFailedException refusal = refusal(connector(
                    Connectors.NAME,
                    "sslmode",
                    sslmode,
                    "sslrootcert",
                    stranger.caCertificate().toString()));

            assertThat(refusal.phase()).isEqualTo(ConnectPhase.TLS);
            assertThat(refusal.outcome()).isEqualTo(ConnectOutcome.BROKEN);
            assertThat(front.accepted()).isEqualTo(1);
        }
    }

    @Test
    void aMissingRootCertificateIsNamed() {
        ConnectFailedException refusal =
                refusal(connector(Connectors.NAME, "sslmode", "verify-full", "sslrootcert", "/nowhere/root.crt"));

        assertThat(refusal.phase()).isEqualTo(ConnectPhase.TLS);
        assertThat(refusal.getMessage()).contains("/nowhere/root.crt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "direct"})
    void theClientHelloNamesTheHostOfTheUrl(String negotiation) throws Exception {
        try (HelloCatcher catcher = HelloCatcher.at(front.address(), Loopback.freePort())) {
            PenstockConnector connector = Connectors.over(
                    server.jdbcUrl(Connectors.NAME, catcher.port()),
                    Connectors.login(server, "sslmode", "require", "sslNegotiation", negotiation),
                    dns);

            ConnectFailedException refusal = refusal(connector);

            assertThat(refusal.phase()).isEqualTo(ConnectPhase.TLS);
            assertThat(catcher.hello()).contains(Connectors.NAME);
            assertThat(catcher.hello().contains("postgresql")).isEqualTo(negotiation.equals("direct"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"require", "verify-full"})
    @WithPostgres
    void aServerWithoutTlsIsRefusedWhereTlsIsRequired(String sslmode, PostgresServer plain) {
        PenstockConnector connector = Connectors.over(
                plain.jdbcUrl(),
                Connectors.login(
                        plain,
                        "sslmode",
                        sslmode,
                        "sslrootcert",
                        tls.caCertificate().toString()));

        ConnectFailedException refusal = refusal(connector);

        assertThat(refusal.phase()).isEqualTo(ConnectPhase.TLS);
        assertThat(refusal.getMessage()).contains("does not support SSL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"disable", "allow", "prefer"})
    @WithPostgres
    void aServerWithoutTlsServesWhereTlsIsNotRequired(String sslmode, PostgresServer plain) throws SQLException {
        PenstockConnector connector = Connectors.over(plain.jdbcUrl(), Connectors.login(plain, "sslmode", sslmode));

        assertThat(Connectors.ask(connector, IS_ENCRYPTED)).isEqualTo("f");
    }

    @Test
    void channelBindingWorksOverTls() throws SQLException {
        PenstockConnector connector = connector(Connectors.NAME, "sslmode", "verify-full", "channelBinding", "require");

        assertThat(Connectors.ask(connector, IS_ENCRYPTED)).isEqualTo("t");
    }

    @Test
    void channelBindingThatIsRequiredFailsWithoutTls() {
        ConnectFailedException refusal =
                refusal(connector(Connectors.NAME, "sslmode", "disable", "channelBinding", "require"));

        assertThat(refusal.phase()).isEqualTo(ConnectPhase.AUTH);
        assertThat(refusal.getMessage()).contains("hannel");
    }

    @ParameterizedTest
    @ValueSource(strings = {"allow", "prefer", "require"})
    void anExpiredDeadlineIsNoReasonToTryWithWeakerEncryption(String sslmode) {
        front.behave(sslmode.equals("allow") ? Behaviour.silent() : PgScript.muteTls());
        PenstockConnector connector = Connectors.over(
                server.jdbcUrl(Connectors.NAME, front.port()),
                Connectors.login(server, "sslmode", sslmode),
                connect -> connect.resolver(dns::resolve).deadline(Duration.ofMillis(800)));

        ConnectFailedException refusal = refusal(connector);

        assertThat(refusal.outcome()).isEqualTo(ConnectOutcome.TIMED_OUT);
        assertThat(refusal.elapsed()).isLessThan(Duration.ofMillis(1800));
        front.awaitOpenConnections(0);
        assertThat(front.accepted()).isEqualTo(1);
    }
}
