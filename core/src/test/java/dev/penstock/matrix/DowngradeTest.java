package dev.penstock.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.ConnectOutcome;
import dev.penstock.ConnectPhase;
import dev.penstock.PenstockConnector;
import dev.penstock.lab.Await;
import dev.penstock.lab.fault.Behaviour;
import dev.penstock.lab.fault.DnsScript;
import dev.penstock.lab.fault.FakePostgres;
import dev.penstock.lab.fault.FaultProxy;
import dev.penstock.lab.fault.Loopback;
import dev.penstock.lab.fault.PgScript;
import dev.penstock.lab.junit.NoLeftovers;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * With sslmode prefer and allow pgjdbc tries once more by itself, with weaker or other encryption, when something goes
 * wrong: also when what went wrong is that the deadline closed its socket. After the deadline nothing is opened.
 */
@WithPostgres(tls = true)
@NoLeftovers
class DowngradeTest {
    private static final Duration DEADLINE = Duration.ofMillis(700);
    private static final Duration FAR = Duration.ofSeconds(20);
    private static final Duration A_WHILE = Duration.ofMillis(500);
    /** What asks for TLS and tells nothing. */
    private static final int SSL_REQUEST_LENGTH = 8;

    private PostgresServer server;

    @BeforeEach
    void use(PostgresServer shared) {
        server = shared;
    }

    private PenstockConnector connector(FaultProxy proxy, String sslMode, Duration deadline) {
        return Connectors.to(server, proxy)
                .property("sslmode", sslMode)
                .config(Connectors.within(deadline))
                .build();
    }

    @Test
    void theDeadlineCausesNoSecondTry() throws Exception {
        Cells cells = new Cells();
        for (String sslMode : List.of("prefer", "allow", "require")) {
            for (Behaviour fault : List.of(Behaviour.silent(), Behaviour.stallAfter(1), Behaviour.stallAfter(20))) {
                cells.add(sslMode + " " + fault, () -> triesOnce(sslMode, fault));
            }
        }
        cells.run();
    }

    private void triesOnce(String sslMode, Behaviour fault) {
        try (FaultProxy proxy = FaultProxy.to(server.address()).behave(fault);
                PenstockConnector connector = connector(proxy, sslMode, DEADLINE)) {
            Failure failure = Failure.of(connector).atTheDeadline(DEADLINE);
            assertThat(failure.details().outcome()).isEqualTo(ConnectOutcome.TIMED_OUT);
            assertThat(failure.details().attempts()).hasSize(1);
            acceptsNoSecond(proxy);
            proxy.awaitOpenConnections(0);
        }
    }

    private static void acceptsNoSecond(FaultProxy proxy) {
        assertThat(proxy.accepted()).isEqualTo(1);
        assertThat(Await.holdsWithin(A_WHILE, () -> proxy.accepted() > 1))
                .as("a second connection")
                .isFalse();
    }

    /** The other half of the promise: before the deadline, prefer means what pgjdbc makes of it. */
    @Test
    void withinTheDeadlineTheDriverMayTryAgain() throws SQLException {
        Behaviour silentAtFirst = Behaviour.times(1, Behaviour.silent(), Behaviour.pass());
        try (FaultProxy proxy = FaultProxy.to(server.address()).behave(silentAtFirst);
                PenstockConnector connector = Connectors.to(server, proxy)
                        .property("sslmode", "prefer")
                        .property("sslResponseTimeout", "300")
                        .config(Connectors.within(FAR))
                        .build();
                Connection connection = connector.getConnection()) {
            assertThat(encrypted(connection)).isFalse();
            assertThat(proxy.accepted()).isEqualTo(2);
        }
    }

    private static boolean encrypted(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")) {
            result.next();
            return result.getBoolean(1);
        }
    }

    @Test
    void whereTlsIsRequiredNothingIsEverTriedInPlainText() throws Exception {
        List<Behaviour> faults = List.of(
                PgScript.declinesTlsThenSilence(),
                PgScript.muteTls(),
                Behaviour.silent(),
                Behaviour.cutAfter(1),
                Behaviour.rstAfter(1),
                Behaviour.fin());
        Cells cells = new Cells();
        for (Mode mode : Mode.ENCRYPTED) {
            faults.forEach(fault -> cells.add(mode + " " + fault, () -> triesOnce(mode, fault)));
        }
        cells.run();
    }

    private void triesOnce(Mode mode, Behaviour fault) {
        try (FaultProxy proxy = FaultProxy.to(server.address()).behave(fault);
                PenstockConnector connector = Connectors.through(proxy, server, mode, DEADLINE)) {
            Failure failure = Failure.of(connector);
            assertThat(failure.details().phase()).isEqualTo(ConnectPhase.TLS);
            acceptsNoSecond(proxy);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"REQUIRE", "VERIFY_FULL"})
    void aServerThatDeclinesTlsHearsNothingButTheRequestForIt(Mode mode) {
        try (FakePostgres declining = FakePostgres.start(PgScript.declinesTlsThenSilence());
                FaultProxy wire = FaultProxy.to(declining.socketAddress());
                PenstockConnector connector = Connectors.through(wire, server, mode, FAR)) {
            Failure.of(connector).is(ConnectOutcome.BROKEN, ConnectPhase.TLS).before(FAR);
            assertThat(wire.bytesFromClient()).isEqualTo(SSL_REQUEST_LENGTH);
        }
    }

    /** Checked is the name of the URL, not the address, which the certificate has as well. */
    @Test
    void verifyFullChecksTheName() throws SQLException {
        DnsScript names = new DnsScript()
                .answer(Connectors.NAME, Loopback.address(1))
                .answer("other.penstock.test", Loopback.address(1));
        try (PenstockConnector right = byName(Connectors.NAME, names);
                Connection connection = right.getConnection()) {
            assertThat(encrypted(connection)).isTrue();
        }
        try (PenstockConnector wrong = byName("other.penstock.test", names)) {
            Failure.of(wrong)
                    .is(ConnectOutcome.BROKEN, ConnectPhase.TLS)
                    .names("other.penstock.test")
                    .before(FAR);
        }
    }

    private PenstockConnector byName(String name, DnsScript names) {
        return Connectors.to(server, name, server.port())
                .properties(Mode.VERIFY_FULL.properties(server))
                .config(Connectors.with(names, FAR, new Recorder()))
                .build();
    }
}
