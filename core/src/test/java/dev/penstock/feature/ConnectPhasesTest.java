package dev.penstock.feature;

import static dev.penstock.ConnectPhase.AUTH;
import static dev.penstock.ConnectPhase.DNS;
import static dev.penstock.ConnectPhase.STARTUP;
import static dev.penstock.ConnectPhase.TCP;
import static dev.penstock.ConnectPhase.TLS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.penstock.ConnectAttempt;
import dev.penstock.ConnectFailure;
import dev.penstock.ConnectOutcome;
import dev.penstock.ConnectPhase;
import dev.penstock.PenstockConfig;
import dev.penstock.PenstockConnector;
import dev.penstock.PenstockListener;
import dev.penstock.PhaseTime;
import dev.penstock.lab.fault.Behaviour;
import dev.penstock.lab.fault.DnsScript;
import dev.penstock.lab.fault.FaultProxy;
import dev.penstock.lab.fault.Loopback;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.lab.postgres.TlsMaterial;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which phases an attempt went through, and that each was charged with its own time. */
@WithPostgres(tls = true)
@Tag("driver")
class ConnectPhasesTest implements LeavesNothing {
    private static final Duration SHORT = Duration.ofMillis(700);

    private final PostgresServer server;
    private final TlsMaterial tls;
    private final FaultProxy front;
    private final DnsScript dns = new DnsScript();
    private final List<ConnectAttempt> told = new CopyOnWriteArrayList<>();

    ConnectPhasesTest(PostgresServer server) {
        this.server = server;
        this.tls = Objects.requireNonNull(server.tls());
        this.front = FaultProxy.anyPort(Loopback.address(Connectors.NAME, 29), server.address());
        dns.answer(Connectors.NAME, front.address());
    }

    @AfterEach
    void closeFront() {
        dns.fail(Connectors.NAME);
        front.close();
    }

    private PenstockConnector connector(String host, Duration deadline, Properties properties) {
        PenstockListener listener = new PenstockListener() {
            @Override
            public void connectSucceeded(ConnectSucceeded event) {
                told.addAll(event.attempts());
            }
        };
        return PenstockConnector.builder(server.jdbcUrl(host, front.port()))
                .properties(properties)
                .config(PenstockConfig.builder()
                        .connect(connect -> connect.resolver(dns::resolve).deadline(deadline))
                        .listener(listener)
                        .build())
                .build();
    }

    private ConnectAttempt attempt(String host, String... namesAndValues) throws SQLException {
        told.clear();
        Properties properties = Connectors.login(server, namesAndValues);
        properties.putIfAbsent("sslrootcert", tls.caCertificate().toString());
        try (Connection connection =
                connector(host, Connectors.DEADLINE, properties).getConnection()) {
            assertThat(connection.isValid(5)).isTrue();
        }
        assertThat(told).hasSize(1);
        return told.get(0);
    }

    private ConnectAttempt failure(String host, Duration deadline, Properties properties) {
        Throwable failure = catchThrowable(connector(host, deadline, properties)::getConnection);
        assertThat(failure).isInstanceOf(ConnectFailure.class);
        List<ConnectAttempt> attempts = ((ConnectFailure) failure).attempts();
        assertThat(attempts).hasSize(1);
        return attempts.get(0);
    }

    private ConnectAttempt failure(String... namesAndValues) {
        return failure(front.address().getHostAddress(), Connectors.DEADLINE, Connectors.login(server, namesAndValues));
    }

    private static void assertPhases(ConnectAttempt attempt, ConnectPhase... phases) {
        assertThat(attempt.phases()).extracting(PhaseTime::phase).containsExactly(phases);
        assertThat(attempt.phases()).extracting(PhaseTime::took).allMatch(took -> !took.isNegative());
        assertThat(attempt.phase()).isEqualTo(phases[phases.length - 1]);
        assertThat(took(attempt)).isLessThanOrEqualTo(attempt.elapsed());
    }

    private static Duration took(ConnectAttempt attempt) {
        return attempt.phases().stream()
                .filter(time -> time.phase() != DNS)
                .map(PhaseTime::took)
                .reduce(Duration.ZERO, Duration::plus);
    }

    private static Duration took(ConnectAttempt attempt, ConnectPhase phase) {
        return attempt.phases().stream()
                .filter(time -> time.phase() == phase)
                .findFirst()
                .orElseThrow()
                .took();
    }

    @Test
    void plainTextAtAnAddressNeedsNoNameAndNoTls() throws SQLException {
        assertPhases(attempt(front.address().getHostAddress(), "sslmode", "disable"), TCP, STARTUP, AUTH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "direct"})
    void aVerifiedNameHasThemAll(String negotiation) throws SQLException {
        assertPhases(
                attempt(Connectors.NAME, "sslmode", "verify-full", "sslNegotiation", negotiation),
                DNS,
                TCP,
                TLS,
                STARTUP,
                AUTH);
    }

    @Test
    @WithPostgres
    void aServerThatDeclinesTlsWasAskedForIt(PostgresServer plain) throws SQLException {
        try (FaultProxy before = FaultProxy.at(Loopback.address(30), front.port(), plain.address())) {
            String host = before.address().getHostAddress();
            Properties properties = Connectors.login(plain, "sslmode", "prefer");
            connector(host, Connectors.DEADLINE, properties).getConnection().close();

            assertPhases(told.get(0), TCP, TLS, STARTUP, AUTH);
        }
    }

    @Test
    void eachPhaseIsChargedWithItsOwnDelay() throws SQLException {
        Duration each = Duration.ofMillis(100);
        front.behave(Behaviour.delay(each));

        ConnectAttempt attempt = attempt(Connectors.NAME, "sslmode", "require");

        Duration thereAndBack = each.multipliedBy(2);
        assertThat(took(attempt, TLS)).as("request and hello").isGreaterThanOrEqualTo(thereAndBack.multipliedBy(2));
        assertThat(took(attempt, STARTUP)).isGreaterThanOrEqualTo(thereAndBack);
        assertThat(took(attempt, AUTH)).as("SCRAM").isGreaterThanOrEqualTo(thereAndBack.multipliedBy(2));
        assertThat(took(attempt, TCP)).as("the proxy accepts at once").isLessThan(took(attempt, TLS));
    }

    @Test
    void theNameHasTheTimeOfItsLookUpThoughItIsOverBeforeTheAttempt() throws SQLException {
        ConnectAttempt attempt = attempt(Connectors.NAME, "sslmode", "disable");

        assertPhases(attempt, DNS, TCP, STARTUP, AUTH);
        assertThat(took(attempt, DNS)).isPositive().isLessThanOrEqualTo(attempt.startedAfter());
    }

    @Test
    void aRefusedAddressCameToTcp() {
        front.behave(Behaviour.refuse());

        assertPhases(failure("sslmode", "disable"), TCP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"disable", "require"})
    void aSilentServerHasSpentTheRestInItsLastPhase(String sslmode) {
        front.behave(Behaviour.silent());

        ConnectAttempt attempt =
                failure(front.address().getHostAddress(), SHORT, Connectors.login(server, "sslmode", sslmode));

        ConnectPhase last = sslmode.equals("disable") ? STARTUP : TLS;
        assertPhases(attempt, TCP, last);
        assertThat(took(attempt, last)).isGreaterThan(SHORT.dividedBy(2));
    }

    @Test
    void aWrongPasswordIsRefusedInAuth() {
        ConnectAttempt attempt = failure("sslmode", "disable", "password", "wrong");

        assertThat(attempt.outcome()).isEqualTo(ConnectOutcome.REJECTED);
        assertPhases(attempt, TCP, STARTUP, AUTH);
    }

    /** The driver finds out when the handshake is over on the wire. */
    @Test
    void aWrongNameOnTheCertificateIsRefusedInTls() {
        assertPhases(
                failure(
                        "sslmode",
                        "verify-full",
                        "sslrootcert",
                        tls.caCertificate().toString()),
                TCP,
                TLS);
    }

    @Test
    void aMuteNameServiceLeavesDnsAlone() {
        dns.hang(Connectors.NAME);

        ConnectAttempt attempt = failure(Connectors.NAME, SHORT, Connectors.login(server));

        assertPhases(attempt, DNS);
        assertThat(took(attempt, DNS)).isEqualTo(attempt.elapsed());
    }

    @Test
    void ofASocketThatIsNotOursNothingIsKnown() throws SQLException {
        OwnFactories.reset();
        ConnectAttempt attempt = attempt(
                front.address().getHostAddress(),
                "sslmode",
                "disable",
                "socketFactory",
                OwnFactories.Unconnected.class.getName());

        assertThat(attempt.outcome()).isEqualTo(ConnectOutcome.CONNECTED);
        assertThat(attempt.phases()).isEmpty();
    }
}
