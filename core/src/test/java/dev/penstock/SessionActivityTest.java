package dev.penstock;

import static dev.penstock.SessionRig.aside;
import static dev.penstock.SessionRig.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.SessionActivity.Kind;
import dev.penstock.SessionRig.Sight;
import dev.penstock.lab.Await;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyOut;

/** What a session of a real server is seen to do, without and with TLS. */
@WithPostgres(tls = true)
@Tag("driver")
class SessionActivityTest {
    private static final String LOCK = "select pg_advisory_lock(4711)";

    private final PostgresServer server;

    SessionActivityTest(PostgresServer server) {
        this.server = server;
    }

    private SessionRig rig(boolean tls) throws SQLException {
        return tls ? SessionRig.tls(server) : SessionRig.plain(server);
    }

    private static PGConnection pg(SessionRig rig) throws SQLException {
        return rig.connection.unwrap(PGConnection.class);
    }

    @ParameterizedTest(name = "TLS {0}")
    @ValueSource(booleans = {false, true})
    void aStatementIsWaitedForSinceItWasSent(boolean tls) throws Exception {
        try (SessionRig rig = rig(tls);
                Connection holder = server.connect()) {
            SessionRig.execute(holder, LOCK);
            long before = rig.ticker.nanos();
            CompletableFuture<Void> statement = aside(() -> rig.execute(LOCK));

            Sight first = rig.await(Kind.WAITING_FOR_SERVER);
            assertThat(first.start()).isBetween(before, first.at());
            assertThat(first.activity().inTransaction()).isNull();
            assertThat(rig.look().start()).isEqualTo(first.start());
            SessionRig.execute(holder, "select pg_advisory_unlock_all()");
            join(statement);
            long after = rig.ticker.nanos();

            Sight idle = rig.look();
            assertThat(idle.kind()).isEqualTo(Kind.IDLE);
            assertThat(idle.start()).isBetween(first.start(), after);
            assertThat(rig.session.lastExchangeNanos()).isEqualTo(idle.start());
        }
    }

    @ParameterizedTest(name = "TLS {0}")
    @ValueSource(booleans = {false, true})
    void noticesRefreshNothing(boolean tls) throws Exception {
        try (SessionRig rig = rig(tls);
                Connection holder = server.connect()) {
            SessionRig.execute(holder, LOCK);
            CompletableFuture<Void> statement =
                    aside(() -> rig.execute("do $$ begin while not pg_try_advisory_lock(4711) loop"
                            + " raise notice 'still waiting'; perform pg_sleep(0.01); end loop; end $$"));
            Sight first = rig.await(Kind.WAITING_FOR_SERVER);

            for (int i = 0; i < 10; i++) {
                long heard = rig.session.lastExchangeNanos();
                Await.until("a notice", SessionRig.PATIENCE, () -> rig.session.lastExchangeNanos() != heard);
                assertThat(rig.await(Kind.WAITING_FOR_SERVER).start()).isEqualTo(first.start());
            }
            SessionRig.execute(holder, "select pg_advisory_unlock_all()");
            join(statement);
        }
    }

    @ParameterizedTest(name = "TLS {0}")
    @ValueSource(booleans = {false, true})
    void whoWaitsForNotificationsListens(boolean tls) throws Exception {
        try (SessionRig rig = rig(tls)) {
            rig.execute("listen news");
            AtomicBoolean over = new AtomicBoolean();
            AtomicLong received = new AtomicLong();
            CompletableFuture<Void> listener = aside(() -> {
                while (!over.get()) {
                    received.addAndGet(pg(rig).getNotifications(50).length);
                }
            });
            for (int i = 1; i <= 5; i++) {
                Sight seen = rig.await(Kind.LISTENING);
                assertThat(seen.activity().inTransaction()).isNull();
                server.execute("notify news");
                int sent = i;
                Await.until("notified", SessionRig.PATIENCE, () -> received.get() == sent);
            }
            over.set(true);
            join(listener);
            assertThat(rig.look().kind()).isEqualTo(Kind.IDLE);
        }
    }

    /** It sets no timeout; that the answer to LISTEN is complete can only be seen in plain text. */
    @Test
    void whoWaitsForThemWithoutALimitListensToo() throws Exception {
        try (SessionRig rig = rig(false)) {
            rig.execute("listen news");
            CompletableFuture<Void> listener = aside(() -> pg(rig).getNotifications(0));

            rig.await(Kind.LISTENING);
            server.execute("notify news");
            join(listener);
        }
    }

    @ParameterizedTest(name = "TLS {0}")
    @ValueSource(booleans = {false, true})
    void aTransactionWithoutAStatementIsIdleSinceTheLastAnswer(boolean tls) throws Exception {
        try (SessionRig rig = rig(tls)) {
            rig.connection.setAutoCommit(false);
            assertThat(rig.look().kind()).isEqualTo(Kind.IDLE);
            assertThat(rig.look().activity().inTransaction()).isNull();
            assertThat(rig.session.inTransaction()).isFalse();

            long before = rig.ticker.nanos();
            rig.execute("select 1");
            long after = rig.ticker.nanos();
            rig.execute("select 2");
            long later = rig.ticker.nanos();

            Sight idle = rig.look();
            assertThat(idle.kind()).isEqualTo(Kind.IDLE_IN_TRANSACTION);
            assertThat(idle.start()).isBetween(after, later);
            assertThat(idle.transactionStart()).isBetween(before, after);
            assertThat(rig.session.inTransaction()).isTrue();
            rig.connection.commit();
            assertThat(rig.look().kind()).isEqualTo(Kind.IDLE);
            assertThat(rig.look().activity().inTransaction()).isNull();
        }
    }

    @Test
    void aFailedTransactionIsOpen() throws Exception {
        try (SessionRig rig = rig(false)) {
            rig.connection.setAutoCommit(false);
            assertThatThrownBy(() -> rig.execute("select 1 / 0")).isInstanceOf(SQLException.class);

            assertThat(rig.look().kind()).isEqualTo(Kind.IDLE_IN_TRANSACTION);
            assertThat(rig.look().activity().inTransaction()).isNotNull();
            rig.connection.rollback();
            assertThat(rig.look().kind()).isEqualTo(Kind.IDLE);
        }
    }

    @Test
    void whileAStatementRunsItsTransactionIsStillTold() throws Exception {
        try (SessionRig rig = rig(false);
                Connection holder = server.connect()) {
            SessionRig.execute(holder, LOCK);
            rig.connection.setAutoCommit(false);
            long before = rig.ticker.nanos();
            rig.execute("select 1");
            long after = rig.ticker.nanos();
            CompletableFuture<Void> statement = aside(() -> rig.execute(LOCK));

            Sight waiting = rig.await(Kind.WAITING_FOR_SERVER);
            assertThat(waiting.start()).isGreaterThanOrEqualTo(after);
            assertThat(waiting.transactionStart()).isBetween(before, after);
            SessionRig.execute(holder, "select pg_advisory_unlock_all()");
            join(statement);
            rig.connection.rollback();
        }
    }

    @Test
    void thinkTimeBetweenTheRowsOfACursorIsIdleInTransaction() throws Exception {
        try (SessionRig rig = rig(false)) {
            rig.connection.setAutoCommit(false);
            try (Statement statement = rig.connection.createStatement()) {
                statement.setFetchSize(2);
                try (ResultSet rows = statement.executeQuery("select generate_series(1, 6)")) {
                    Sight first = rig.look();
                    assertThat(first.kind()).isEqualTo(Kind.IDLE_IN_TRANSACTION);
                    while (rows.next()) {
                        Sight thinking = rig.look();
                        assertThat(thinking.kind()).isEqualTo(Kind.IDLE_IN_TRANSACTION);
                        assertThat(thinking.transactionStart()).isEqualTo(first.transactionStart());
                    }
                    assertThat(rig.look().start()).as("fetched more").isGreaterThan(first.start());
                }
            }
            rig.connection.commit();
        }
    }

    @ParameterizedTest(name = "autocommit {0}")
    @ValueSource(booleans = {true, false})
    void aPauseInACopyIsIdleSinceTheLastByte(boolean autoCommit) throws Exception {
        try (SessionRig rig = rig(false)) {
            rig.execute("create temporary table copied (line text)");
            rig.connection.setAutoCommit(autoCommit);
            CopyIn in = pg(rig).getCopyAPI().copyIn("copy copied from stdin");
            byte[] lines = "a line\n".repeat(1000).getBytes(StandardCharsets.US_ASCII);
            in.writeToCopy(lines, 0, lines.length);
            in.flushCopy();
            assertPauses(rig, autoCommit);
            in.endCopy();

            CopyOut out = pg(rig).getCopyAPI().copyOut("copy copied to stdout");
            assertThat(out.readFromCopy()).isNotNull();
            assertPauses(rig, autoCommit);
            while (out.readFromCopy() != null) {
                assertThat(out.isActive()).isTrue();
            }
            if (!autoCommit) {
                rig.connection.commit();
            }
            assertThat(rig.look().kind()).isEqualTo(Kind.IDLE);
        }
    }

    private static void assertPauses(SessionRig rig, boolean autoCommit) {
        Sight pause = rig.look();
        assertThat(pause.kind()).isEqualTo(autoCommit ? Kind.IDLE : Kind.IDLE_IN_TRANSACTION);
        assertThat(pause.start()).isEqualTo(rig.session.lastExchangeNanos());
        assertThat(rig.look().start()).isEqualTo(pause.start());
    }

    /** Polled from outside, short transactions back to back never look like a long one. */
    @ParameterizedTest(name = "TLS {0}")
    @ValueSource(booleans = {false, true})
    void noTransactionIsToldToBeOlderThanItIs(boolean tls) throws Exception {
        try (SessionRig rig = rig(tls)) {
            rig.connection.setAutoCommit(false);
            AtomicLong latestStart = new AtomicLong(rig.ticker.nanos());
            CompletableFuture<Void> transactions = aside(() -> {
                for (int i = 0; i < 200; i++) {
                    latestStart.set(rig.ticker.nanos());
                    rig.execute("select pg_sleep(0.002)");
                    rig.execute("select 1");
                    rig.connection.commit();
                }
            });

            long open = 0;
            while (!transactions.isDone()) {
                long notBefore = latestStart.get();
                Sight seen = rig.look();
                if (seen.activity().inTransaction() != null) {
                    open++;
                    assertThat(seen.transactionStart()).isBetween(notBefore, seen.at());
                }
            }
            join(transactions);
            assertThat(open).isPositive();
        }
    }
}
