package dev.penstock.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.penstock.ConnectFailedException;
import dev.penstock.ConnectOutcome;
import dev.penstock.ConnectPhase;
import dev.penstock.ConnectSettings;
import dev.penstock.PenstockConnector;
import dev.penstock.lab.Await;
import dev.penstock.lab.fault.Behaviour;
import dev.penstock.lab.fault.DnsScript;
import dev.penstock.lab.fault.FaultProxy;
import dev.penstock.lab.fault.Loopback;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import java.net.Socket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import javax.net.SocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A user's own {@code socketFactory}: it says where to, we say until when. */
@WithPostgres(tls = true)
@Tag("driver")
class OwnSocketFactoryTest implements LeavesNothing {
    private static final Duration SHORT = Duration.ofMillis(700);

    private final PostgresServer server;
    private final FaultProxy front;
    private final DnsScript dns = new DnsScript();

    OwnSocketFactoryTest(PostgresServer server) {
        this.server = server;
        this.front = FaultProxy.to(server.address());
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

    private Properties properties(Class<? extends SocketFactory> factory, String... namesAndValues) {
        Properties properties = Connectors.login(server, namesAndValues);
        properties.putIfAbsent("sslmode", "disable");
        properties.setProperty("socketFactory", factory.getName());
        return properties;
    }

    private PenstockConnector connector(Properties properties, Consumer<ConnectSettings.Builder> change) {
        return Connectors.over(
                "jdbc:postgresql://does.not.resolve.invalid:1/postgres",
                properties,
                connect -> change.accept(connect.resolver(dns::resolve)));
    }

    private String place() {
        return "127.0.0.1:" + front.port();
    }

    private static ConnectFailedException failure(PenstockConnector connector) {
        return Objects.requireNonNull(catchThrowableOfType(ConnectFailedException.class, connector::getConnection));
    }

    @ParameterizedTest
    @ValueSource(strings = {"disable", "require"})
    void goesWhereTheFactoryGoesThoughTheHostDoesNotResolve(String sslmode) throws SQLException {
        PenstockConnector connector = connector(
                properties(OwnFactories.Fixed.class, "socketFactoryArg", place(), "sslmode", sslmode), connect -> {});

        assertThat(Connectors.ask(connector, "select inet_server_port()")).isEqualTo(String.valueOf(server.port()));
        assertThat(OwnFactories.MADE_WITH).containsExactly(place());
        assertThat(front.accepted()).isEqualTo(1);
        assertThat(dns.calls()).isZero();
    }

    @Test
    void aFactoryMadeWithThePropertiesSeesTheUsersAndNoneOfOurs() throws SQLException {
        Properties properties = properties(OwnFactories.ByProperties.class, "theirs.port", "" + front.port());
        properties.setProperty("penstock.connect.racing", "false");
        properties.setProperty("connectTimeout", "7");

        assertThat(Connectors.ask(connector(properties, connect -> {}), "select 1"))
                .isEqualTo("1");

        assertThat(OwnFactories.MADE_WITH).hasSize(1);
        Properties seen = (Properties) OwnFactories.MADE_WITH.get(0);
        assertThat(seen.stringPropertyNames()).noneMatch(name -> name.startsWith("penstock"));
        assertThat(seen).containsEntry("connectTimeout", "7").containsEntry("theirs.port", "" + front.port());
        assertThat(seen.getProperty("PGHOST")).isEqualTo("does.not.resolve.invalid");
        assertThat(seen.getProperty("socketFactory")).isEqualTo(OwnFactories.ByProperties.class.getName());
    }

    @Test
    void oneFactoryMakesTheSocketOfTheSessionAndThoseOfItsCancels() throws SQLException {
        Properties properties = properties(OwnFactories.Fixed.class, "socketFactoryArg", place());
        try (Connection connection = connector(properties, connect -> {}).getConnection();
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(1);

            SQLException cancelled = Objects.requireNonNull(
                    catchThrowableOfType(SQLException.class, () -> statement.execute("select pg_sleep(12)")));

            assertThat(cancelled.getSQLState()).isEqualTo("57014");
            assertThat(OwnFactories.MADE_WITH).hasSize(1);
            assertThat(OwnFactories.CALLS).hasValue(2);
            assertThat(front.accepted()).isEqualTo(2);
        }
    }

    @Test
    void aSocketThatIsNotConnectedYetIsConnectedByTheDriver() throws SQLException {
        PenstockConnector connector = Connectors.over(server.jdbcUrl(), properties(OwnFactories.Unconnected.class));

        assertThat(Connectors.ask(connector, "select 1")).isEqualTo("1");
        assertThat(OwnFactories.CALLS).hasValue(1);
    }

    @Test
    void theLocalAddressHoldsForItAsWithPlainPgjdbc() throws SQLException {
        String url = server.jdbcUrl() + "?localSocketAddress=127.0.0.7";
        Properties properties = properties(OwnFactories.Unconnected.class);
        String seen = "select host(client_addr) from pg_stat_activity where pid = pg_backend_pid()";
        try (Connection plain = DriverManager.getConnection(url, properties)) {
            assertThat(Connectors.ask(plain, seen)).isEqualTo("127.0.0.7");
        }

        assertThat(Connectors.ask(Connectors.over(url, properties), seen)).isEqualTo("127.0.0.7");
    }

    @Test
    void theSecondHostIsTriedWhenTheFirstFails() throws SQLException {
        String url = "jdbc:postgresql://127.0.0.1:" + Loopback.freePort() + ",127.0.0.1:" + server.port() + "/postgres";

        assertThat(Connectors.ask(Connectors.over(url, properties(OwnFactories.Unconnected.class)), "select 1"))
                .isEqualTo("1");
        assertThat(OwnFactories.CALLS).hasValue(2);
    }

    @Test
    void itsSocketIsUnderTheDeadline() {
        front.behave(Behaviour.silent());
        Properties properties = properties(OwnFactories.Fixed.class, "socketFactoryArg", place());

        ConnectFailedException failure = failure(connector(properties, connect -> connect.deadline(SHORT)));

        assertThat(failure.outcome()).isEqualTo(ConnectOutcome.TIMED_OUT);
        assertThat(failure.elapsed()).isLessThan(SHORT.plusSeconds(1));
        Await.until(
                "socket closed",
                Duration.ofSeconds(2),
                () -> OwnFactories.SOCKETS.stream().allMatch(Socket::isClosed));
        assertThat(failure.phase()).isEqualTo(ConnectPhase.STARTUP);
        front.awaitOpenConnections(0);
        assertThat(OwnFactories.CALLS).hasValue(1);
    }

    @Test
    void aSocketThatIsRefusedNeverLeftTcp() {
        String url = server.jdbcUrl("127.0.0.1", Loopback.freePort());

        ConnectFailedException failure = failure(Connectors.over(url, properties(OwnFactories.Unconnected.class)));

        assertThat(failure.outcome()).isEqualTo(ConnectOutcome.UNREACHABLE);
        assertThat(failure.phase()).isEqualTo(ConnectPhase.TCP);
        assertThat(failure.getMessage()).contains("-> no server accepted");
    }

    @Test
    void aFactoryThatDoesNotComeBackDoesNotHoldTheCallerAndLeavesNoSocketWhenItDoes() {
        OwnFactories.gate = new CountDownLatch(1);
        Properties properties = properties(OwnFactories.Blocking.class, "socketFactoryArg", place());

        ConnectFailedException failure = failure(connector(properties, connect -> connect.deadline(SHORT)));

        assertThat(failure.outcome()).isEqualTo(ConnectOutcome.TIMED_OUT);
        assertThat(failure.elapsed()).isLessThan(SHORT.plusSeconds(1));
        assertThat(failure.phase()).isEqualTo(ConnectPhase.TCP);
        assertThat(OwnFactories.SOCKETS).isEmpty();
        OwnFactories.gate.countDown();
        Await.until(
                "its late socket is closed",
                Duration.ofSeconds(5),
                () -> !OwnFactories.SOCKETS.isEmpty()
                        && OwnFactories.SOCKETS.stream().allMatch(Socket::isClosed));
        front.awaitOpenConnections(0);
    }

    @ParameterizedTest
    @ValueSource(classes = {OwnFactories.Throwing.class, OwnFactories.Unborn.class})
    void aFactoryThatThrowsIsQuoted(Class<? extends SocketFactory> factory) {
        ConnectFailedException failure = failure(connector(properties(factory), connect -> {}));

        assertThat(failure.attempts()).hasSize(1);
        assertThat(failure.elapsed()).isLessThan(Duration.ofSeconds(5));
        assertThat(chain(failure)).contains("the cloud proxy");
        assertThat(failure.phase()).isEqualTo(ConnectPhase.TCP);
    }

    @Test
    void aFactoryThatDoesNotExistIsNamed() {
        Properties properties = properties(OwnFactories.Fixed.class);
        properties.setProperty("socketFactory", "com.example.NoSuchFactory");

        assertThat(failure(connector(properties, connect -> {})).getMessage()).contains("com.example.NoSuchFactory");
    }

    private static String chain(Throwable failure) {
        StringBuilder text = new StringBuilder();
        for (Throwable at = failure; at != null; at = at.getCause()) {
            text.append(at).append('\n');
        }
        return text.toString();
    }
}
