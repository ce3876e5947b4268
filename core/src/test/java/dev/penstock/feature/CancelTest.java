package dev.penstock.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.PenstockConnector;
import dev.penstock.lab.Await;
import dev.penstock.lab.fault.Behaviour;
import dev.penstock.lab.fault.DnsScript;
import dev.penstock.lab.fault.FaultProxy;
import dev.penstock.lab.fault.Loopback;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

/** A cancel request goes where its session went, whatever the name service says by then. */
@WithPostgres(tls = true)
@Tag("driver")
class CancelTest implements LeavesNothing {
    private static final String SLEEP = "select pg_sleep(12)";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final PostgresServer server;
    private final FaultProxy first;
    private final FaultProxy second;
    private final DnsScript dns = new DnsScript();
    private final List<PenstockConnector> connectors = new ArrayList<>();

    CancelTest(PostgresServer server) {
        this.server = server;
        this.first = FaultProxy.anyPort(Loopback.address(Connectors.NAME, 21), server.address());
        this.second = FaultProxy.at(Loopback.address(Connectors.NAME, 22), first.port(), server.address());
    }

    @BeforeEach
    void nameIsTheFirst() {
        dns.answer(Connectors.NAME, first.address());
    }

    @AfterEach
    void closeAll() {
        connectors.forEach(PenstockConnector::close); // with requests that were not answered
        first.close();
        second.close();
    }

    private PenstockConnector connector(boolean tls) {
        Properties properties = Connectors.login(server, "ApplicationName", "cancel-test");
        if (tls) {
            properties.putAll(Objects.requireNonNull(server.tls()).verifyFull());
        } else {
            properties.setProperty("sslmode", "disable");
        }
        PenstockConnector made = Connectors.over(server.jdbcUrl(Connectors.NAME, first.port()), properties, dns);
        connectors.add(made);
        return made;
    }

    private Connection connectAndMoveTheName(boolean tls) throws SQLException {
        Connection connection = connector(tls).getConnection();
        dns.answer(Connectors.NAME, second.address());
        return connection;
    }

    private static CompletableFuture<String> runAside(Statement statement) {
        return CompletableFuture.supplyAsync(() -> stateAfter(statement));
    }

    private static String stateAfter(Statement statement) {
        try {
            statement.execute(SLEEP);
            return "slept to the end";
        } catch (SQLException e) {
            return e.getSQLState();
        }
    }

    private void awaitSleeping(int backends) {
        Await.until(backends + " backends asleep", PATIENCE, () -> sleeping() == backends);
    }

    private int sleeping() {
        try (Connection admin = server.connect()) {
            return Integer.parseInt(Connectors.ask(
                    admin,
                    "select count(*) from pg_stat_activity where application_name = 'cancel-test'"
                            + " and state = 'active' and wait_event = 'PgSleep'"));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest(name = "TLS {0}")
    @ValueSource(booleans = {false, true})
    void cancelReachesTheServerOfItsSessionAfterADnsChange(boolean tls) throws Exception {
        try (Connection connection = connectAndMoveTheName(tls);
                Statement statement = connection.createStatement()) {
            CompletableFuture<String> state = runAside(statement);
            awaitSleeping(1);

            statement.cancel();

            assertThat(state.get(10, TimeUnit.SECONDS)).isEqualTo("57014");
            assertThat(first.accepted()).isEqualTo(2);
            assertThat(second.accepted()).isZero();
            assertThat(Connectors.ask(connection, "select 1")).isEqualTo("1");
        }
        awaitSleeping(0);
    }

    @ParameterizedTest(name = "TLS {0}")
    @ValueSource(booleans = {false, true})
    void queryTimeoutReachesTheServerOfItsSessionAfterADnsChange(boolean tls) throws Exception {
        try (Connection connection = connectAndMoveTheName(tls);
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(1);

            CompletableFuture<String> state = runAside(statement);

            assertThat(state.get(10, TimeUnit.SECONDS)).isEqualTo("57014");
            assertThat(first.accepted()).isEqualTo(2);
            assertThat(second.accepted()).isZero();
        }
        awaitSleeping(0);
    }

    @Test
    void cancelWithoutAnyNameServiceStillReachesItsServer() throws Exception {
        try (Connection connection = connectAndMoveTheName(false);
                Statement statement = connection.createStatement()) {
            dns.fail(Connectors.NAME);
            int lookUps = dns.calls();
            CompletableFuture<String> state = runAside(statement);
            awaitSleeping(1);

            statement.cancel();

            assertThat(state.get(10, TimeUnit.SECONDS)).isEqualTo("57014");
            assertThat(dns.calls()).isEqualTo(lookUps);
        }
    }

    /** Nobody may wait for a cancel longer than for a connect attempt: query timeouts share one timer thread. */
    @ParameterizedTest(name = "cancel target: {0}")
    @ValueSource(strings = {"blackHole", "silent", "refuse"})
    void cancelGivesUpWhenItsTargetDoesNotAnswer(String fault) throws Exception {
        try (Connection connection = connectAndMoveTheName(false);
                Statement statement = connection.createStatement()) {
            CompletableFuture<String> state = runAside(statement);
            awaitSleeping(1);
            first.behave(behaviour(fault));

            long start = System.nanoTime();
            statement.cancel();
            Duration took = Duration.ofNanos(System.nanoTime() - start);

            assertThat(took).isLessThan(Duration.ofSeconds(3));
            assertThat(state).isNotDone();
            assertThat(second.accepted()).isZero();
            first.behave(Behaviour.pass());
            // a statement of the driver's cancels once only
            connection.unwrap(PGConnection.class).cancelQuery();
            assertThat(state.get(10, TimeUnit.SECONDS)).isEqualTo("57014");
        }
    }

    private static Behaviour behaviour(String fault) {
        return switch (fault) {
            case "blackHole" -> Behaviour.blackHole();
            case "silent" -> Behaviour.silent();
            default -> Behaviour.refuse();
        };
    }
}
