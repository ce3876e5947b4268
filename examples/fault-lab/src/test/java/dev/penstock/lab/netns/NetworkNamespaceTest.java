package dev.penstock.lab.netns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.penstock.lab.Await;
import dev.penstock.lab.junit.NeedsNetworkNamespace;
import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.lab.process.ProcessTree;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@NeedsNetworkNamespace
@Tag("once") // it starts JVMs and servers of its own, and shows the same on every JDK
class NetworkNamespaceTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    @Test
    void packetsVanishAndPassAgain() {
        NetworkNamespace.Outcome outcome =
                NetworkNamespace.of(VanishAndComeBack.class).run();

        assertThat(outcome.values()).containsEntry("new connection", "hangs").containsEntry("query", "timed out");
    }

    static final class VanishAndComeBack implements VanishingCase {
        @Override
        public void run(Vanishing net) throws Exception {
            PostgresServer server = net.server();
            try (Connection impatient = connect(server, 1);
                    Connection patient = connect(server, 30)) {
                onlyNewConnectionsHang(net, server, patient);
                queriesHangAndNobodyResetsThem(net, impatient, patient);
            }
        }

        private static void onlyNewConnectionsHang(Vanishing net, PostgresServer server, Connection established)
                throws Exception {
            net.dropNew(server.port());
            try (Socket socket = new Socket()) {
                assertThatThrownBy(() -> socket.connect(server.address(), 300))
                        .isInstanceOf(SocketTimeoutException.class);
            }
            net.report("new connection", "hangs");
            assertThat(one(established)).isEqualTo(1);
            assertThat(net.dropped()).isPositive();

            net.pass();

            try (Socket socket = new Socket()) {
                socket.connect(server.address(), 5_000);
            }
        }

        private static void queriesHangAndNobodyResetsThem(Vanishing net, Connection impatient, Connection patient) {
            long before = net.dropped();
            net.drop(net.server().port());

            assertThatThrownBy(() -> one(impatient)).hasRootCauseInstanceOf(SocketTimeoutException.class);
            net.report("query", "timed out");
            long meanwhile = net.dropped();
            assertThat(meanwhile).isGreaterThan(before);

            CompletableFuture<Integer> waiting = CompletableFuture.supplyAsync(() -> one(patient));
            Await.until("its packet to vanish", SOON, () -> net.dropped() > meanwhile);
            assertThat(waiting).isNotDone();

            net.pass();

            assertThat(waiting).succeedsWithin(SOON).isEqualTo(1);
        }

        private static Connection connect(PostgresServer server, int socketTimeout) throws SQLException {
            Properties properties = server.credentials();
            properties.setProperty("socketTimeout", Integer.toString(socketTimeout));
            return DriverManager.getConnection(server.jdbcUrl(), properties);
        }

        private static int one(Connection connection) {
            try (ResultSet result = connection.createStatement().executeQuery("SELECT 1")) {
                result.next();
                return result.getInt(1);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void whatFailsInsideFailsOutsideWithItsStack() {
        assertThatThrownBy(() -> NetworkNamespace.of(Wrong.class)
                        .jvmOptions("-Dpenstock.test.said=by option")
                        .run())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("failed in its network namespace with exit code 1")
                .hasMessageContaining("not what was wanted")
                .hasMessageContaining("at dev.penstock.lab.netns.NetworkNamespaceTest$Wrong.run(")
                .hasMessageContaining("said on the way, by option");
    }

    static final class Wrong implements VanishingCase {
        @Override
        public void run(Vanishing net) {
            System.out.println("said on the way, " + System.getProperty("penstock.test.said"));
            throw new AssertionError("not what was wanted");
        }
    }

    @Test
    void whatHangsIsEnded() {
        AssertionError error = catchThrowableOfType(
                AssertionError.class,
                () -> NetworkNamespace.of(Hanging.class)
                        .limit(Duration.ofSeconds(1))
                        .run());

        assertThat(error).hasMessageContaining("did not end within 1000 ms");
        assertThat(named("process ", error)).isNotNull();
        assertThat(ProcessHandle.of(Long.parseLong(named("process ", error))).filter(ProcessTree::isAlive))
                .isEmpty();
    }

    static final class Hanging implements VanishingCase {
        @Override
        public void run(Vanishing net) throws InterruptedException {
            new CountDownLatch(1).await();
        }
    }

    /** PostgreSQL leaves the family of those who start it. */
    @Test
    void serversOfAJvmThatDiesAreEndedToo() {
        AssertionError error = catchThrowableOfType(
                AssertionError.class, () -> NetworkNamespace.of(Dying.class).run());

        assertThat(error).hasMessageContaining("exit code 7");
        assertThat(named("server=", error)).isNotNull();
        assertThat(ProcessHandle.of(Long.parseLong(named("server=", error))).filter(ProcessTree::isAlive))
                .isEmpty();
    }

    static final class Dying implements VanishingCase {
        @Override
        public void run(Vanishing net) {
            System.out.println("server=" + net.server().pid());
            Runtime.getRuntime().halt(7);
        }
    }

    private static String named(String name, AssertionError error) {
        return Pattern.compile(name + "(\\d+)")
                .matcher(error.getMessage())
                .results()
                .map(MatchResult::group)
                .map(pair -> pair.substring(name.length()))
                .findFirst()
                .orElse(null);
    }

    @Test
    void refusesToFilterTheMachinesOwnPackets() {
        assertThatThrownBy(() -> Vanishing.enter(NamespaceLink.own(), null))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no network namespace of its own");
    }
}
