package dev.penstock.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.lab.Await;
import dev.penstock.lab.junit.OpenSockets;
import dev.penstock.lab.junit.ThreadCensus;
import dev.penstock.lab.postgres.PostgresServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/**
 * What a connect may leave behind: threads by name, sockets by file descriptor, backends as the server knows them.
 * Compared with a baseline that is taken once all is quiet after a good connect.
 */
final class Leftovers implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(1);
    /** The number of server processes where they cannot be seen from here. */
    static final long UNSEEN = -1;

    private static final Duration QUIET = Duration.ofSeconds(10);

    private final PostgresServer server;
    private final Connection administrator;
    private final PreparedStatement countBackends;
    private final Census baseline;

    /** Sockets and processes stay the same where there is no /proc. */
    record Census(int threads, int sockets, int backends, long processes) {}

    private Leftovers(PostgresServer server) throws SQLException {
        this.server = server;
        this.administrator = server.connect();
        this.countBackends = administrator.prepareStatement("SELECT count(*) FROM pg_stat_activity"
                + " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()");
        Await.until("a quiet server and no thread", QUIET, () -> threads() == 0 && backends() == 0 && processes() <= 1);
        this.baseline = now();
    }

    /** Takes the baseline; whatever the test needs (proxies, servers) is there already. */
    static Leftovers since(PostgresServer server) throws SQLException {
        return new Leftovers(server);
    }

    Census now() {
        return new Census(threads(), sockets(), backends(), processes());
    }

    /** Nothing that was not there before, within a second. */
    void assertNone() {
        Await.holdsWithin(LIMIT, () -> now().equals(baseline));
        assertThat(now()).isEqualTo(baseline);
        assertThat(ThreadCensus.named("PostgreSQL JDBC driver connection thread"))
                .isEmpty();
    }

    /** Resolver threads are bounded and shared, and end by themselves. */
    private static int threads() {
        return (int) ThreadCensus.named("penstock-").stream()
                .filter(thread -> !thread.getName().startsWith("penstock-resolver"))
                .count();
    }

    private static int sockets() {
        return OpenSockets.count().orElse(0);
    }

    /** Those past authentication: only they are in pg_stat_activity. */
    int backends() {
        try (ResultSet result = countBackends.executeQuery()) {
            result.next();
            return result.getInt(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many more processes serve clients than at the beginning. */
    long newProcesses() {
        long processes = processes();
        return processes == UNSEEN ? UNSEEN : processes - baseline.processes();
    }

    /** Processes that serve a client, those before authentication too. */
    private long processes() {
        return server.engine().equals("embedded") && OpenSockets.count().isPresent()
                ? ProcessHandle.of(server.pid()).stream()
                        .flatMap(ProcessHandle::children)
                        .filter(Leftovers::servesAClient)
                        .count()
                : UNSEEN;
    }

    /** PostgreSQL writes what a process is there for where its command line was. */
    private static boolean servesAClient(ProcessHandle process) {
        try {
            Path title = Path.of("/proc", Long.toString(process.pid()), "cmdline");
            return Files.readString(title, StandardCharsets.ISO_8859_1).contains(" 127.0.0.1(");
        } catch (IOException endedMeanwhile) {
            return false;
        }
    }

    @Override
    public void close() throws SQLException {
        administrator.close();
    }
}
