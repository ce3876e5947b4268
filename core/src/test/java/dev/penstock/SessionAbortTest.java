package dev.penstock;

import static dev.penstock.SessionRig.aside;
import static dev.penstock.SessionRig.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.SessionActivity.Kind;
import dev.penstock.lab.Await;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** An abort frees whoever uses the session and waits for nobody. */
@WithPostgres(tls = true)
@Tag("driver")
class SessionAbortTest {
    private final PostgresServer server;

    SessionAbortTest(PostgresServer server) {
        this.server = server;
    }

    private SessionRig rig(boolean tls) throws SQLException {
        return tls ? SessionRig.tls(server) : SessionRig.plain(server);
    }

    private static void assertAborts(SessionRig rig, CompletableFuture<Void> work) throws Exception {
        join(aside(rig.session::abort));

        assertThatThrownBy(() -> join(work))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(SQLException.class);
        assertThat(rig.connection.isClosed()).isTrue();
        join(aside(rig.session::abort));
    }

    @ParameterizedTest(name = "TLS {0}")
    @ValueSource(booleans = {false, true})
    void whoWaitsForTheServerIsFreed(boolean tls) throws Exception {
        try (SessionRig rig = rig(tls)) {
            CompletableFuture<Void> statement = aside(() -> rig.execute("select pg_sleep(60)"));
            rig.await(Kind.WAITING_FOR_SERVER);

            assertAborts(rig, statement);
            end(rig.session.backendPid());
        }
    }

    /** The server reads no further: a trigger sleeps on the first row. */
    @ParameterizedTest(name = "TLS {0}")
    @ValueSource(booleans = {false, true})
    void whoSendsMoreThanTheServerTakesIsFreed(boolean tls) throws Exception {
        try (SessionRig rig = rig(tls)) {
            rig.execute("create temporary table slow (line text)");
            rig.execute("create function pg_temp.doze() returns trigger language plpgsql as"
                    + " $$ begin perform pg_sleep(60); return new; end $$");
            rig.execute("create trigger doze before insert on slow for each row execute function pg_temp.doze()");
            long before = rig.ticker.nanos();
            CompletableFuture<Void> copy = aside(() -> copyWithoutEnd(rig));
            // short writes come before the one that stays
            Await.until("the write is stuck", SessionRig.PATIENCE, () -> {
                SessionActivity seen = rig.look().activity();
                return seen.kind() == Kind.SENDING && seen.lasting().toMillis() > 200;
            });
            assertThat(rig.look().start()).isGreaterThan(before);

            assertAborts(rig, copy);
            end(rig.session.backendPid());
        }
    }

    private static void copyWithoutEnd(SessionRig rig) throws SQLException {
        CopyIn copy = rig.connection.unwrap(PGConnection.class).getCopyAPI().copyIn("copy slow from stdin");
        byte[] lines = new byte[1 << 20];
        Arrays.fill(lines, (byte) '\n');
        while (copy.isActive()) {
            copy.writeToCopy(lines, 0, lines.length);
        }
    }

    /** Its backend sleeps on, not knowing. */
    private void end(int pid) throws SQLException {
        server.execute("select pg_terminate_backend(" + pid + ")");
    }

    @ParameterizedTest(name = "TLS {0}")
    @ValueSource(booleans = {false, true})
    void whatRunsIsCancelledAndTheSessionLivesOn(boolean tls) throws Exception {
        try (SessionRig rig = rig(tls)) {
            CompletableFuture<Void> statement = aside(() -> rig.execute("select pg_sleep(60)"));
            rig.await(Kind.WAITING_FOR_SERVER);

            Await.until("asleep", SessionRig.PATIENCE, () -> sleeps(rig.session.backendPid()));
            rig.session.cancel();

            assertThatThrownBy(() -> join(statement))
                    .hasRootCauseMessage("ERROR: canceling statement due to user request");
            assertThat(rig.connection.isValid(10)).isTrue();
        }
    }

    private boolean sleeps(int pid) {
        try (Connection admin = server.connect();
                Statement statement = admin.createStatement();
                ResultSet found = statement.executeQuery(
                        "select 1 from pg_stat_activity where wait_event = 'PgSleep' and pid = " + pid)) {
            return found.next();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest(name = "TLS {0}")
    @ValueSource(booleans = {false, true})
    void anIdleSessionIsAborted(boolean tls) throws Exception {
        try (SessionRig rig = rig(tls)) {
            rig.session.abort();

            assertThat(rig.connection.isClosed()).isTrue();
            assertThatThrownBy(rig.session::cancel).isInstanceOf(SQLException.class);
            assertThat(rig.look().kind()).isEqualTo(Kind.IDLE);
        }
    }
}
