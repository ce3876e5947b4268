package dev.penstock.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.ConnectOutcome;
import dev.penstock.ConnectPhase;
import dev.penstock.ConnectSettings;
import dev.penstock.ConnectTest;
import dev.penstock.ConnectTest.Result;
import dev.penstock.Credentials;
import dev.penstock.PenstockConnector;
import dev.penstock.PhaseTime;
import dev.penstock.lab.fault.Behaviour;
import dev.penstock.lab.fault.DnsScript;
import dev.penstock.lab.fault.FaultProxy;
import dev.penstock.lab.fault.Loopback;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.lab.socks.SocksProxy;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The connect test goes the way that connects go: with TLS, roles, credentials, a proxy, a user's own sockets. */
@WithPostgres(tls = true)
@Isolated("the SOCKS proxy is the whole JVM's")
@Tag("driver")
class ConnectTestTest implements LeavesNothing {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(500);

    private final PostgresServer server;
    private final FaultProxy front;
    private final DnsScript dns = new DnsScript();

    ConnectTestTest(PostgresServer server) {
        this.server = server;
        this.front = FaultProxy.anyPort(Loopback.address(Connectors.NAME, 31), server.address());
        dns.answer(Connectors.NAME, front.address());
    }

    @BeforeEach
    void forget() {
        OwnFactories.reset();
    }

    @AfterEach
    void closeFront() {
        OwnFactories.gate.countDown();
        front.close();
    }

    private PenstockConnector connector(Consumer<ConnectSettings.Builder> change, String... namesAndValues) {
        return Connectors.over(
                server.jdbcUrl(Connectors.NAME, front.port()),
                Connectors.login(server, namesAndValues),
                connect -> change.accept(connect.resolver(dns::resolve)));
    }

    private Result only(String... namesAndValues) throws SQLException {
        return only(connector(connect -> {}, namesAndValues).test(LIMIT));
    }

    private static Result only(ConnectTest test) {
        assertThat(test.results()).hasSize(1);
        return test.results().get(0);
    }

    @Test
    void tlsIsVerifiedAndTimed() throws SQLException {
        String root = Objects.requireNonNull(server.tls()).caCertificate().toString();

        Result result = only("sslmode", "verify-full", "sslrootcert", root);

        assertThat(result.outcome()).isEqualTo(ConnectOutcome.CONNECTED);
        assertThat(result.phases())
                .extracting(PhaseTime::phase)
                .containsExactly(
                        ConnectPhase.DNS, ConnectPhase.TCP, ConnectPhase.TLS, ConnectPhase.STARTUP, ConnectPhase.AUTH);
        assertThat(front.accepted()).isEqualTo(1);
        front.awaitOpenConnections(0);
    }

    @ParameterizedTest
    @CsvSource({
        "primary, CONNECTED, primary",
        "preferSecondary, CONNECTED, primary",
        "secondary, WRONG_ROLE, primary",
        "any, CONNECTED, ",
    })
    void theRoleIsReportedWhereItIsAskedFor(String wanted, ConnectOutcome outcome, String role) throws SQLException {
        Result result = only("sslmode", "disable", "targetServerType", wanted);

        assertThat(result.outcome()).isEqualTo(outcome);
        assertThat(result.role()).isEqualTo(role);
        assertThat(result.serverVersion()).isNotNull();
        front.awaitOpenConnections(0);
    }

    @Test
    void aHostThatStandsThereTwiceIsTriedOnce() throws SQLException {
        String host = front.address().getHostAddress() + ":" + front.port();
        PenstockConnector connector = Connectors.over(
                "jdbc:postgresql://" + host + "," + host + "/postgres",
                Connectors.login(server, "sslmode", "disable"),
                dns);

        assertThat(only(connector.test(LIMIT)).address()).isEqualTo(host);
    }

    // ---- credentials --------------------------------------------------------------------------

    @Test
    void theCredentialsOfAPoolMayBeGiven() throws SQLException {
        PenstockConnector connector = connector(connect -> {}, "sslmode", "disable", "password", "stale");
        assertThat(only(connector.test(LIMIT)).sqlState()).isEqualTo("28P01");

        Credentials given = new Credentials(server.user(), server.password());

        assertThat(only(connector.test(LIMIT, given)).outcome()).isEqualTo(ConnectOutcome.CONNECTED);
    }

    @Test
    void aSupplierIsAskedAndCountsMore() throws SQLException {
        PenstockConnector connector = connector(
                connect -> connect.credentials(() -> new Credentials(server.user(), server.password())),
                "sslmode",
                "disable",
                "password",
                "stale");

        assertThat(only(connector.test(LIMIT, new Credentials("nobody", "x"))).outcome())
                .isEqualTo(ConnectOutcome.CONNECTED);
    }

    @Test
    void aSupplierThatFailsIsNamed() throws SQLException {
        Result result = only(connector(connect -> connect.credentials(() -> {
                    throw new SQLException("the vault is sealed, token=s3cr3t", "28000");
                }))
                .test(LIMIT));

        assertThat(result.phase()).isEqualTo(ConnectPhase.CREDENTIALS);
        assertThat(result.outcome()).isEqualTo(ConnectOutcome.NO_CREDENTIALS);
        assertThat(result.sqlState()).isEqualTo("28000");
        assertThat(result.message()).contains("the vault is sealed").doesNotContain("s3cr3t");
        assertThat(front.accepted()).isZero();
    }

    @Test
    void aSupplierThatHangsHoldsItNoLongerThanTheLimit() throws SQLException {
        CountDownLatch release = new CountDownLatch(1);
        try {
            ConnectTest test = connector(connect -> connect.credentials(() -> hang(release)))
                    .test(SHORT);

            assertThat(only(test).outcome()).isEqualTo(ConnectOutcome.NO_CREDENTIALS);
            assertThat(test.elapsed()).isLessThan(SHORT.plusSeconds(2));
        } finally {
            release.countDown();
        }
    }

    private static Credentials hang(CountDownLatch release) {
        try {
            release.await();
            return new Credentials("app", "x");
        } catch (InterruptedException e) {
            throw new IllegalStateException("workers are not interrupted", e);
        }
    }

    // ---- where the address is not ours to choose ----------------------------------------------

    @Test
    @SuppressWarnings("try") // properties are set for the length of the block
    void throughASocksProxyEachHostIsTriedOnce() throws SQLException {
        try (SocksProxy proxy = SocksProxy.start(Map.of(Connectors.NAME, front.address()));
                SystemProperty host = new SystemProperty("socksProxyHost", "127.0.0.1");
                SystemProperty port = new SystemProperty("socksProxyPort", Integer.toString(proxy.port()))) {
            Result result = only("sslmode", "disable");

            assertThat(result.outcome()).isEqualTo(ConnectOutcome.CONNECTED);
            assertThat(result.address()).isNull();
            assertThat(result.phases())
                    .extracting(PhaseTime::phase)
                    .containsExactly(ConnectPhase.TCP, ConnectPhase.STARTUP, ConnectPhase.AUTH);
            assertThat(proxy.requested()).containsOnlyOnce(Connectors.NAME + ":" + front.port());
            assertThat(dns.calls()).isZero();
        }
    }

    private PenstockConnector overOwnFactory(Class<?> factory) {
        Properties properties = Connectors.login(server, "sslmode", "disable");
        properties.setProperty("socketFactory", factory.getName());
        properties.setProperty("socketFactoryArg", front.address().getHostAddress() + ":" + front.port());
        return Connectors.over("jdbc:postgresql://does.not.resolve.invalid:1/postgres", properties, dns);
    }

    @Test
    void throughAUsersFactoryEachHostIsTriedOnce() throws SQLException {
        ConnectTest test = overOwnFactory(OwnFactories.Fixed.class).test(LIMIT);

        assertThat(only(test).outcome()).isEqualTo(ConnectOutcome.CONNECTED);
        assertThat(only(test).address()).isNull();
        assertThat(test.describe()).contains("does.not.resolve.invalid:1  in all ");
        assertThat(OwnFactories.CALLS).hasValue(1);
        assertThat(dns.calls()).isZero();
    }

    @Test
    void aUsersSocketIsUnderTheLimitToo() throws SQLException {
        front.behave(Behaviour.silent());

        ConnectTest test = overOwnFactory(OwnFactories.Fixed.class).test(SHORT);

        assertThat(only(test).outcome()).isEqualTo(ConnectOutcome.TIMED_OUT);
        assertThat(test.elapsed()).isLessThan(SHORT.plusSeconds(2));
        front.awaitOpenConnections(0);
    }

    @Test
    void aUsersFactoryThatHangsHoldsItNoLongerThanTheLimit() throws SQLException {
        OwnFactories.gate = new CountDownLatch(1);

        ConnectTest test = overOwnFactory(OwnFactories.Blocking.class).test(SHORT);

        assertThat(only(test).outcome()).isEqualTo(ConnectOutcome.TIMED_OUT);
        assertThat(test.elapsed()).isLessThan(SHORT.plusSeconds(2));
    }

    @Test
    void aUsersFactoryThatThrowsIsNamed() throws SQLException {
        assertThat(only(overOwnFactory(OwnFactories.Throwing.class).test(LIMIT)).message())
                .contains("the cloud proxy is not configured");
    }

    // ---- off ----------------------------------------------------------------------------------

    @Test
    void withPenstockOffThereIsNone() {
        PenstockConnector connector = PenstockConnector.builder(server.jdbcUrl())
                .properties(Connectors.login(server))
                .property("penstock.enabled", "false")
                .build();

        assertThatThrownBy(() -> connector.test(LIMIT))
                .isInstanceOf(SQLFeatureNotSupportedException.class)
                .hasMessageContaining("penstock.enabled=false");
    }
}
