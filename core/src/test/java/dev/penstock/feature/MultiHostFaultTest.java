package dev.penstock.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.penstock.ConnectFailedException;
import dev.penstock.ConnectOutcome;
import dev.penstock.PenstockConnector;
import dev.penstock.lab.fault.BlackHole;
import dev.penstock.lab.fault.DnsScript;
import dev.penstock.lab.fault.FaultProxy;
import dev.penstock.lab.fault.Loopback;
import dev.penstock.lab.fault.SilentServer;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several hosts of which some do not answer, all under the one deadline. */
@WithPostgres(tls = true)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MultiHostFaultTest implements LeavesNothing {
    private static final String PORT = "select inet_server_port()";
    private static final Duration SHORT = Duration.ofSeconds(2);

    private final PostgresServer primary;
    private PostgresServer secondary;

    MultiHostFaultTest(PostgresServer primary) {
        this.primary = primary;
        this.secondary = primary;
    }

    @BeforeAll
    @WithPostgres(settings = "default_transaction_read_only=on")
    void admitTheFleet(PostgresServer readOnly) throws SQLException {
        secondary = readOnly;
        Fleet.admit(primary);
        Fleet.admit(secondary);
    }

    private static PenstockConnector connector(String url) {
        return Connectors.over(url, Fleet.login(), connect -> connect.deadline(SHORT));
    }

    private static String landing(String url) throws SQLException {
        return Connectors.ask(connector(url), PORT);
    }

    private String primaryPort() {
        return String.valueOf(primary.port());
    }

    private String secondaryPort() {
        return String.valueOf(secondary.port());
    }

    @ParameterizedTest
    @ValueSource(strings = {"primary", "preferSecondary"})
    void aBlackHoleInFrontLeavesTimeForThePrimary(String type) throws SQLException {
        try (BlackHole hole = BlackHole.anyPort(Loopback.address(31))) {
            assertThat(landing(Fleet.url(type, hole.socketAddress(), primary.address())))
                    .isEqualTo(primaryPort());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"any", "preferPrimary"})
    void aSilentServerInFrontLeavesTimeForTheSecondary(String type) throws SQLException {
        try (SilentServer silent = SilentServer.start()) {
            assertThat(landing(Fleet.url(type, silent.socketAddress(), secondary.address())))
                    .isEqualTo(secondaryPort());
        }
    }

    /** The preferred pass ends in time: the fallback in hand is not thrown away at the deadline. */
    @ParameterizedTest
    @ValueSource(strings = {"preferSecondary", "preferPrimary"})
    void aBlackHoleBehindDoesNotCostTheFallback(String type) throws SQLException {
        PostgresServer other = type.equals("preferSecondary") ? primary : secondary;
        try (BlackHole hole = BlackHole.anyPort(Loopback.address(31));
                SilentServer silent = SilentServer.start()) {
            assertThat(landing(Fleet.url(type, other.address(), hole.socketAddress(), silent.socketAddress())))
                    .isEqualTo(String.valueOf(other.port()));
        }
    }

    @Test
    void theWantedRoleIsFoundBehindTheOtherRoleAndASilentServer() throws SQLException {
        try (SilentServer silent = SilentServer.start()) {
            assertThat(landing(Fleet.url("primary", secondary.address(), silent.socketAddress(), primary.address())))
                    .isEqualTo(primaryPort());
        }
    }

    @Test
    void twoHostsThatNobodyAnswersAtEndByTheDeadline() {
        try (BlackHole hole = BlackHole.anyPort(Loopback.address(31));
                SilentServer silent = SilentServer.start()) {
            PenstockConnector connector = Connectors.over(
                    Fleet.url("preferSecondary", hole.socketAddress(), silent.socketAddress()),
                    Fleet.login(),
                    connect -> connect.deadline(Duration.ofSeconds(1)));

            ConnectFailedException failure = Objects.requireNonNull(
                    catchThrowableOfType(ConnectFailedException.class, connector::getConnection));

            assertThat(failure.outcome()).isEqualTo(ConnectOutcome.TIMED_OUT);
            assertThat(failure.elapsed()).isLessThan(Duration.ofSeconds(2));
            assertThat(failure.getMessage())
                    .contains(
                            hole.socketAddress().getAddress().getHostAddress() + ":" + hole.port() + "  TCP: no answer")
                    .contains("127.0.0.1:" + silent.port() + "  startup: no answer");
            silent.awaitOpenConnections(0);
        }
    }

    @Test
    void aMissingRoleIsSaidSo() {
        PenstockConnector connector = connector(Fleet.url("primary", secondary.address()));

        ConnectFailedException failure =
                Objects.requireNonNull(catchThrowableOfType(ConnectFailedException.class, connector::getConnection));

        assertThat(failure.outcome()).isEqualTo(ConnectOutcome.WRONG_ROLE);
        assertThat(failure.getMessage()).contains("targetServerType").contains("wrong role");
    }

    /** What an operator reads during a fail-over: the primary is away, the standby is well. */
    @Test
    void aPrimaryThatIsAwayIsNotBlamedOnTheSecondary() {
        PenstockConnector connector = connector(Fleet.url("primary", secondary.address(), nobody()));

        ConnectFailedException failure =
                Objects.requireNonNull(catchThrowableOfType(ConnectFailedException.class, connector::getConnection));

        assertThat(failure.outcome()).isEqualTo(ConnectOutcome.UNREACHABLE);
        assertThat(failure.getMessage()).contains("-> no server accepted a TCP connection");
    }

    private static InetSocketAddress nobody() {
        return new InetSocketAddress(Loopback.address(1), Loopback.freePort());
    }

    /** What is remembered of a host must not outlive a fail-over. */
    @ParameterizedTest
    @ValueSource(strings = {"primary", "preferPrimary"})
    void theRoleIsJudgedAnewAfterAFailOver(String type) throws SQLException {
        DnsScript dns = new DnsScript();
        try (FaultProxy one = FaultProxy.anyPort(Loopback.address(32), primary.address());
                FaultProxy two = FaultProxy.at(Loopback.address(33), one.port(), secondary.address())) {
            dns.answer("one.penstock.test", one.address()).answer("two.penstock.test", two.address());
            PenstockConnector connector = Connectors.over(
                    "jdbc:postgresql://one.penstock.test:" + one.port() + ",two.penstock.test:" + one.port()
                            + "/postgres?targetServerType=" + type,
                    Fleet.login(),
                    dns);
            List<String> landings = new ArrayList<>();
            landings.add(Connectors.ask(connector, PORT));
            dns.answer("one.penstock.test", two.address()).answer("two.penstock.test", one.address());
            landings.add(Connectors.ask(connector, PORT));
            landings.add(Connectors.ask(connector, PORT));

            assertThat(landings).containsOnly(primaryPort());
        }
    }

    @Test
    void balancedConnectsSpreadOverTheHostsThatAreUp() throws SQLException {
        try (FaultProxy one = FaultProxy.anyPort(Loopback.address(34), primary.address());
                FaultProxy two = FaultProxy.anyPort(Loopback.address(35), primary.address());
                FaultProxy three = FaultProxy.anyPort(Loopback.address(36), primary.address())) {
            String url = Fleet.url("any", one.socketAddress(), nobody(), two.socketAddress(), three.socketAddress());

            connectTimes(40, connector(url + "&loadBalanceHosts=true"));

            // each stays without any with a probability of less than 1 in 10 million
            assertThat(List.of(one.accepted(), two.accepted(), three.accepted()))
                    .allMatch(accepted -> accepted > 0);
            assertThat(one.accepted() + two.accepted() + three.accepted()).isEqualTo(40);
        }
    }

    @Test
    void connectsThatAreNotBalancedGoToTheFirst() throws SQLException {
        try (FaultProxy one = FaultProxy.anyPort(Loopback.address(34), primary.address());
                FaultProxy two = FaultProxy.anyPort(Loopback.address(35), primary.address())) {
            connectTimes(6, connector(Fleet.url("any", one.socketAddress(), two.socketAddress())));

            assertThat(List.of(one.accepted(), two.accepted())).containsExactly(6, 0);
        }
    }

    private static void connectTimes(int times, PenstockConnector connector) throws SQLException {
        for (int i = 0; i < times; i++) {
            connector.getConnection().close();
        }
    }

    /** The role is the server's, not that of a session which was made read-only by its own settings. */
    @ParameterizedTest
    @ValueSource(strings = {"ignore", "transaction", "always"})
    void aReadOnlySessionOnThePrimaryIsStillOnThePrimary(String mode) throws SQLException {
        String url =
                Fleet.url("primary", secondary.address(), primary.address()) + "&readOnly=true&readOnlyMode=" + mode;
        Properties oracle = Fleet.login();
        oracle.setProperty("hostRecheckSeconds", "0");

        assertThat(facts(connector(url).getConnection())).isEqualTo(facts(DriverManager.getConnection(url, oracle)));
        assertThat(landing(url)).isEqualTo(primaryPort());
    }

    private static List<String> facts(Connection connection) throws SQLException {
        try (connection) {
            List<String> facts = new ArrayList<>();
            facts.add(Connectors.ask(connection, PORT));
            facts.add("readOnly " + connection.isReadOnly());
            facts.add(Connectors.ask(connection, "show transaction_read_only"));
            connection.setAutoCommit(false);
            facts.add(Connectors.ask(connection, "show transaction_read_only"));
            connection.rollback();
            return facts;
        }
    }
}
