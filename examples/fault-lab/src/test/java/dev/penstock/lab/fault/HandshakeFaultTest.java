package dev.penstock.lab.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.lab.Await;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.lab.postgres.TlsMaterial;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The behaviours that count bytes or time, against a real handshake in TLS. */
@WithPostgres(tls = true)
class HandshakeFaultTest {
    private PostgresServer server;
    private FaultProxy proxy;
    private Properties properties;

    @BeforeEach
    void standBeforeTheServer(PostgresServer shared) {
        server = shared;
        proxy = FaultProxy.to(server.address());
        TlsMaterial tls = Objects.requireNonNull(server.tls());
        properties = server.credentials();
        properties.putAll(tls.verifyFull());
        properties.setProperty("ApplicationName", "handshake");
    }

    @AfterEach
    void close() {
        proxy.close();
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(server.jdbcUrl("127.0.0.1", proxy.port()), properties);
    }

    /** Connects on a thread of its own, which ends when the proxy is closed. */
    private CompletableFuture<Connection> connectAside() {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return connect();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private int lengthOfTheHandshake() throws SQLException {
        connect().close();
        return Math.toIntExact(proxy.bytesFromServer());
    }

    @Test
    void stallsAtTheByteGiven() throws SQLException {
        int length = lengthOfTheHandshake();
        assertThat(length).isGreaterThan(1_000);
        for (int bytes : new int[] {0, 1, 500, length / 2, length - 300}) {
            proxy.behave(Behaviour.stallAfter(bytes));
            int before = proxy.accepted();
            CompletableFuture<Connection> stalled = connectAside();
            proxy.awaitAccepted(before + 1);
            Await.until("the stall after " + bytes, Duration.ofSeconds(10), () -> proxy.bytesFromServer() == bytes);
            assertThat(stalled).isNotDone();
            proxy.resetOpen();
            Await.until("the end of the connect", Duration.ofSeconds(10), stalled::isCompletedExceptionally);
        }
        Await.until("the server's end of all that", Duration.ofSeconds(10), () -> backends() == 0);
    }

    private int backends() {
        try {
            return server.backendCount("handshake");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void cutsOffAtTheByteGiven() throws SQLException {
        int half = lengthOfTheHandshake() / 2;
        for (Behaviour behaviour : new Behaviour[] {Behaviour.cutAfter(half), Behaviour.rstAfter(half)}) {
            proxy.behave(behaviour);
            assertThatThrownBy(this::connect).as(behaviour.toString()).isInstanceOf(SQLException.class);
            assertThat(proxy.bytesFromServer()).isEqualTo(half);
            proxy.awaitOpenConnections(0);
        }
    }

    @Test
    void dribblesPastATimeOutThatCountsFromByteToByte() throws SQLException {
        int length = lengthOfTheHandshake();
        properties.setProperty("socketTimeout", "1");
        proxy.behave(Behaviour.dribble(Duration.ofMillis(1)));
        long start = System.nanoTime();

        connect().close();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(length));
    }

    @Test
    void delaysEveryStep() throws SQLException {
        proxy.behave(Behaviour.delay(Duration.ofMillis(20)));
        long start = System.nanoTime();

        try (Connection connection = connect()) {
            assertThat(connection.isValid(5)).isTrue();
        }

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(6 * 20));
    }

    @Test
    void carriesBulkUnharmed() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT repeat('penstock', 500000)")) {
            result.next();
            assertThat(result.getString(1)).isEqualTo("penstock".repeat(500_000));
        }
        assertThat(proxy.bytesFromServer()).isGreaterThan(4_000_000);
    }

    @Test
    void aClientThatLeavesTakesItsBackendAlong() throws SQLException {
        Connection connection = connect();
        assertThat(backends()).isEqualTo(1);
        connection.abort(Runnable::run);
        Await.until("the end of the backend", Duration.ofSeconds(10), () -> backends() == 0);
        proxy.awaitOpenConnections(0);
    }
}
