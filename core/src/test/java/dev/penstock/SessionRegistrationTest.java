package dev.penstock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.internal.session.Session;
import dev.penstock.lab.Await;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.net.Socket;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import javax.net.SocketFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose session is known, what of it, and for how long. */
@WithPostgres(tls = true)
@Tag("driver")
class SessionRegistrationTest {
    private final PostgresServer server;

    SessionRegistrationTest(PostgresServer server) {
        this.server = server;
    }

    private PenstockConnector.Builder builder() {
        return PenstockConnector.builder(server.jdbcUrl()).user(server.user()).password(server.password());
    }

    private static int pid(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select pg_backend_pid()")) {
            result.next();
            return result.getInt(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ON", "OFF"})
    void everyConnectionThatIsHandedOut(BreakerMode mode) throws Exception {
        PenstockConfig config =
                PenstockConfig.builder().breaker(b -> b.mode(mode)).build();
        try (PenstockConnector connector = builder().config(config).build();
                Connection first = connector.getConnection();
                Connection second = connector.getConnection()) {
            Session session = Objects.requireNonNull(connector.parts.sessions().find(first));

            assertThat(session.backendPid()).isEqualTo(pid(first));
            assertThat(session.address()).isEqualTo("127.0.0.1:" + server.port());
            assertThat(session.isVisible()).isTrue();
            assertThat(Objects.requireNonNull(connector.parts.sessions().find(second))
                            .backendPid())
                    .isEqualTo(pid(second));
        }
    }

    @Test
    void notWhileLeasesAreNotWatched() throws Exception {
        PenstockConfig config =
                PenstockConfig.builder().leases(l -> l.detection(false)).build();
        try (PenstockConnector connector = builder().config(config).build();
                Connection connection = connector.getConnection()) {
            assertThat(connector.parts.sessions().find(connection)).isNull();
        }
    }

    @Test
    void notThoseOfAnotherConnector() throws Exception {
        try (PenstockConnector connector = builder().build();
                Connection other = server.connect()) {
            assertThat(connector.parts.sessions().find(other)).isNull();
        }
    }

    /** What a user has in front of his server; pgjdbc makes it by name. */
    public static final class OwnSockets extends SocketFactory {
        @Override
        public Socket createSocket() {
            return new Socket();
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            return new Socket(host, port);
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
            return new Socket(host, port, local, localPort);
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            return new Socket(host, port);
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
            return new Socket(host, port, local, localPort);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"disable", "require"})
    void onASocketOfTheUsersOwnOnlyTheDriversPart(String sslmode) throws Exception {
        try (SessionRig rig = SessionRig.with(server, properties -> {
            properties.setProperty("socketFactory", OwnSockets.class.getName());
            properties.setProperty("sslmode", sslmode);
        })) {
            assertThat(rig.session.isVisible()).isFalse();
            assertThat(rig.session.backendPid()).isEqualTo(pid(rig.connection));
            assertThat(rig.look().activity()).isEqualTo(SessionActivity.UNKNOWN);
            assertThat(rig.session.lastExchangeNanos()).isEqualTo(Long.MIN_VALUE);
            rig.connection.setAutoCommit(false);
            assertThat(rig.session.inTransaction()).isFalse();
            rig.execute("select 1");
            assertThat(rig.session.inTransaction()).isTrue();

            rig.session.abort();

            assertThat(rig.connection.isClosed()).isTrue();
        }
    }

    /** The connector lives on, and the session was used: whoever loses a connection keeps nothing of it. */
    @ParameterizedTest
    @ValueSource(strings = {"disable", "require"})
    void nothingIsKeptOfAConnectionThatNobodyHas(String sslmode) throws Exception {
        try (PenstockConnector connector = PenstockConnector.builder(server.jdbcUrl() + "?sslmode=" + sslmode)
                .user(server.user())
                .password(server.password())
                .build()) {
            List<WeakReference<?>> lost = loseOne(connector);

            Await.until("connection collected", SessionRig.PATIENCE, () -> isCollected(lost.get(0)));
            // the table notices when it next has to do
            Await.until("session collected", SessionRig.PATIENCE, () -> {
                addAnother(connector);
                return isCollected(lost.get(1));
            });
        }
    }

    private static List<WeakReference<?>> loseOne(PenstockConnector connector) throws SQLException {
        Connection connection = connector.getConnection();
        assertThat(pid(connection)).isPositive();
        return List.of(
                new WeakReference<>(connection),
                new WeakReference<>(
                        Objects.requireNonNull(connector.parts.sessions().find(connection))));
    }

    private static void addAnother(PenstockConnector connector) {
        try (Connection connection = connector.getConnection()) {
            assertThat(connector.parts.sessions().find(connection)).isNotNull();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isCollected(WeakReference<?> reference) {
        System.gc();
        return reference.refersTo(null);
    }
}
