package dev.penstock.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.penstock.ConnectFailedException;
import dev.penstock.ConnectOutcome;
import dev.penstock.PenstockConnector;
import dev.penstock.lab.Await;
import dev.penstock.lab.fault.BlackHole;
import dev.penstock.lab.fault.DnsScript;
import dev.penstock.lab.fault.FaultProxy;
import dev.penstock.lab.fault.Loopback;
import dev.penstock.lab.fault.SilentServer;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.lab.socks.SocksProxy;
import java.net.InetAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code socksProxyHost}: the proxy knows the names, and there is nothing to race. */
@WithPostgres(tls = true)
@Isolated("the proxy is the whole JVM's")
@Tag("driver")
class SocksTest implements LeavesNothing {
    private static final String FAR = "far.penstock.test";

    private final PostgresServer server;
    private final DnsScript dns = new DnsScript();
    private final SocksProxy proxy =
            SocksProxy.start(Map.of(FAR, Loopback.address(1), Connectors.NAME, Loopback.address(1)));
    private SystemProperty host = new SystemProperty("socksProxyHost", "127.0.0.1");
    private SystemProperty port = new SystemProperty("socksProxyPort", Integer.toString(proxy.port()));

    SocksTest(PostgresServer server) {
        this.server = server;
    }

    @AfterEach
    void restore() {
        port.close();
        host.close();
        proxy.close();
    }

    private void sendEverythingTo(InetAddress address, int proxyPort) {
        System.setProperty("socksProxyHost", address.getHostAddress());
        System.setProperty("socksProxyPort", Integer.toString(proxyPort));
    }

    private PenstockConnector connector(String name, Duration deadline, String... namesAndValues) {
        return Connectors.over(
                server.jdbcUrl(name, server.port()),
                Connectors.login(server, namesAndValues),
                connect -> connect.resolver(dns::resolve).deadline(deadline));
    }

    @ParameterizedTest
    @CsvSource({"disable, f", "verify-full, t"})
    void theProxyResolvesAndConnects(String sslmode, String encrypted) throws SQLException {
        PenstockConnector connector = connector(
                Connectors.NAME,
                Connectors.DEADLINE,
                "sslmode",
                sslmode,
                "sslrootcert",
                Objects.requireNonNull(server.tls()).caCertificate().toString());

        assertThat(Connectors.ask(connector, "select ssl from pg_stat_ssl where pid = pg_backend_pid()"))
                .isEqualTo(encrypted);
        assertThat(proxy.requested()).containsExactly(Connectors.NAME + ":" + server.port());
        assertThat(dns.calls()).isZero();
    }

    @Test
    void aCancelGoesThroughTheProxyToo() throws Exception {
        try (Connection connection = connector(FAR, Connectors.DEADLINE, "sslmode", "disable")
                        .getConnection();
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(1);

            CompletableFuture<String> state = CompletableFuture.supplyAsync(() -> {
                try {
                    statement.execute("select pg_sleep(12)");
                    return "slept to the end";
                } catch (SQLException e) {
                    return e.getSQLState();
                }
            });

            assertThat(state.get(10, TimeUnit.SECONDS)).isEqualTo("57014");
            assertThat(proxy.requested()).hasSize(2).containsOnly(FAR + ":" + server.port());
            assertThat(dns.calls()).isZero();
        }
    }

    @Test
    void aNameThatTheProxyDoesNotKnowFailsAtOnce() {
        ConnectFailedException failure = failure(connector("nowhere.penstock.test", Connectors.DEADLINE));

        assertThat(failure.attempts()).hasSize(1);
        assertThat(failure.getMessage()).contains("nowhere.penstock.test:" + server.port() + "  TCP:");
        assertThat(proxy.requested()).containsExactly("nowhere.penstock.test:" + server.port());
        assertThat(dns.calls()).isZero();
    }

    @Test
    void aProxyThatIsSilentEndsByTheDeadline() {
        try (SilentServer silent = SilentServer.start()) {
            sendEverythingTo(silent.address(), silent.port());

            ConnectFailedException failure = failure(connector(FAR, Duration.ofMillis(700)));

            assertThat(failure.outcome()).isEqualTo(ConnectOutcome.TIMED_OUT);
            assertThat(failure.elapsed()).isLessThan(Duration.ofMillis(1700));
            assertThat(silent.accepted()).isEqualTo(1);
            silent.awaitOpenConnections(0);
        }
    }

    @Test
    void aProxyInABlackHoleEndsByTheDeadline() {
        try (BlackHole hole = BlackHole.anyPort(Loopback.address(37))) {
            sendEverythingTo(hole.address(), hole.port());

            ConnectFailedException failure = failure(connector(FAR, Duration.ofMillis(700)));

            assertThat(failure.outcome()).isEqualTo(ConnectOutcome.TIMED_OUT);
            assertThat(failure.elapsed()).isLessThan(Duration.ofMillis(1700));
        }
    }

    @Test
    void theSecondHostIsTriedThroughTheProxyToo() throws SQLException {
        PenstockConnector connector = Connectors.over(
                "jdbc:postgresql://nowhere.penstock.test:" + server.port() + "," + FAR + ":" + server.port()
                        + "/postgres",
                Connectors.login(server, "sslmode", "disable"),
                dns);

        assertThat(Connectors.ask(connector, "select 1")).isEqualTo("1");
        assertThat(proxy.requested())
                .containsExactly("nowhere.penstock.test:" + server.port(), FAR + ":" + server.port());
    }

    /** A resolver may well answer with addresses that carry another name than the one asked for, or none. */
    @ParameterizedTest
    @CsvSource({"near.penstock.test", "canonical.penstock.test"})
    @SuppressWarnings("try") // a property is set for the length of the block
    void aHostThatIsExcludedIsResolvedAndCalledDirectly(String nameOfTheAddress) throws SQLException {
        try (SystemProperty direct = new SystemProperty("socksNonProxyHosts", "near.penstock.test|*.else.test");
                FaultProxy front = FaultProxy.anyPort(Loopback.address(nameOfTheAddress, 38), server.address())) {
            dns.answer("near.penstock.test", front.address());
            PenstockConnector connector = Connectors.over(
                    server.jdbcUrl("near.penstock.test", front.port()),
                    Connectors.login(server, "sslmode", "disable"),
                    dns);

            assertThat(Connectors.ask(connector, "select 1")).isEqualTo("1");

            assertThat(dns.calls("near.penstock.test")).isEqualTo(1);
            assertThat(proxy.requested()).isEmpty();
            Await.until("the direct connection", Duration.ofSeconds(5), () -> front.accepted() == 1);
        }
    }

    @Test
    void theProxyIsLookedUpAnewForEachConnect() throws SQLException {
        Properties properties = Connectors.login(server, "sslmode", "disable");
        dns.answer(FAR, Loopback.address(FAR, 1));
        PenstockConnector connector = Connectors.over(server.jdbcUrl(FAR, server.port()), properties, dns);
        assertThat(Connectors.ask(connector, "select 1")).isEqualTo("1");
        assertThat(dns.calls()).isZero();

        System.clearProperty("socksProxyHost");

        assertThat(Connectors.ask(connector, "select 1")).isEqualTo("1");
        assertThat(dns.calls()).isEqualTo(1);
        assertThat(proxy.requested()).hasSize(1);
    }

    private static ConnectFailedException failure(PenstockConnector connector) {
        return Objects.requireNonNull(catchThrowableOfType(ConnectFailedException.class, connector::getConnection));
    }
}
