package dev.penstock.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.ConnectOutcome;
import dev.penstock.ConnectPhase;
import dev.penstock.PenstockConnector;
import dev.penstock.lab.Await;
import dev.penstock.lab.fault.Behaviour;
import dev.penstock.lab.fault.FakePostgres;
import dev.penstock.lab.fault.FaultProxy;
import dev.penstock.lab.junit.NoLeftovers;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.Driver;

/** What depends on the driver's inner workings; runs once more with the older driver. */
@Tag("driver")
@WithPostgres(tls = true)
@NoLeftovers
class DriverVersionTest {
    private static final Duration DEADLINE = Duration.ofMillis(700);
    private static final Duration FAR = Duration.ofSeconds(20);

    private PostgresServer server;
    private Scenarios scenarios;

    @BeforeEach
    void use(PostgresServer shared) {
        server = shared;
        scenarios = new Scenarios(server);
    }

    /** Asked of the jar: the driver's own constants may have been compiled into other classes. */
    @Test
    void theDriverIsTheOneThatIsMeant() {
        String expected = System.getProperty("penstock.test.expect.pgjdbc");
        assertThat(expected).as("-Dpenstock.test.expect.pgjdbc").isNotBlank();
        assertThat(Driver.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath())
                .endsWith("/postgresql-" + expected + ".jar");
    }

    @ParameterizedTest
    @EnumSource
    void connects(Mode mode) throws Exception {
        scenarios.connects(mode);
    }

    @ParameterizedTest
    @EnumSource
    void cancelsAQuery(Mode mode) throws Exception {
        scenarios.cancelsAQuery(mode);
    }

    @ParameterizedTest
    @EnumSource
    void refusesAWrongPassword(Mode mode) {
        scenarios.refusesAWrongPassword(mode);
    }

    @ParameterizedTest
    @EnumSource
    void leavesNothingBehind(Mode mode) throws Exception {
        scenarios.leavesNothingBehind(mode);
    }

    @ParameterizedTest
    @EnumSource
    void silence(Mode mode) {
        try (FaultProxy proxy = FaultProxy.to(server.address()).behave(Behaviour.silent());
                PenstockConnector connector = Connectors.through(proxy, server, mode, DEADLINE)) {
            Failure.of(connector)
                    .is(ConnectOutcome.TIMED_OUT, mode.firstPhase())
                    .hasStateOfPhase()
                    .atTheDeadline(DEADLINE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void resets(Mode mode) throws SQLException {
        int length = Handshake.length(server, mode);
        try (FaultProxy proxy = FaultProxy.to(server.address());
                PenstockConnector connector = Connectors.through(proxy, server, mode, FAR)) {
            proxy.behave(Behaviour.rstAfter(1));
            ConnectPhase early = mode == Mode.PLAIN ? ConnectPhase.AUTH : ConnectPhase.TLS;
            Failure.of(connector)
                    .is(ConnectOutcome.BROKEN, early)
                    .hasStateOfPhase()
                    .before(FAR);

            proxy.behave(Behaviour.rstAfter(length - 10));
            Failure.of(connector)
                    .is(ConnectOutcome.BROKEN, ConnectPhase.AUTH)
                    .hasStateOfPhase()
                    .before(FAR);
        }
    }

    @Test
    void theDeadlineCausesNoPlainTextTry() {
        try (FaultProxy proxy = FaultProxy.to(server.address()).behave(Behaviour.silent());
                PenstockConnector connector = Connectors.to(server, proxy)
                        .property("sslmode", "prefer")
                        .config(Connectors.within(DEADLINE))
                        .build()) {
            Failure.of(connector).is(ConnectOutcome.TIMED_OUT, ConnectPhase.TLS).atTheDeadline(DEADLINE);
            assertThat(Await.holdsWithin(DEADLINE, () -> proxy.accepted() > 1)).isFalse();
        }
    }

    @Test
    void aServerThatIsStartingUp() throws SQLException {
        try (FakePostgres starting = FakePostgres.errorThenProxy("57P03", "starting up", 2, server.address());
                PenstockConnector connector = Connectors.through(starting.proxy(), server, Mode.PLAIN, FAR);
                Connection connection = connector.getConnection()) {
            assertThat(connection.isValid(5)).isTrue();
            assertThat(starting.accepted()).isEqualTo(3);
        }
    }
}
