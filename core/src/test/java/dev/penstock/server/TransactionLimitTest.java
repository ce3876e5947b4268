package dev.penstock.server;

import static dev.penstock.server.Sessions.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.penstock.PenstockConfig;
import dev.penstock.PenstockConnector;
import dev.penstock.PenstockListener;
import dev.penstock.PenstockListener.Enforcement;
import dev.penstock.SessionLimit;
import dev.penstock.SessionTimeoutException;
import dev.penstock.lab.Await;
import dev.penstock.lab.junit.NoLeftovers;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** PostgreSQL before 17 has no limit of transactions: the client has. */
class TransactionLimitTest {

    @NoLeftovers
    abstract static class Transactions {
        private static final Duration LIMIT = Duration.ofMillis(300);
        private static final Duration SOON = Duration.ofSeconds(10);
        private static final String SHORT =
                "do $$ begin perform pg_sleep(0.02); exception when query_canceled then null; end $$";

        private final Queue<Enforcement> enforced = new ConcurrentLinkedQueue<>();
        private final PenstockConfig config = PenstockConfig.builder()
                .session(session -> session.transactionTimeout(LIMIT).grace(Duration.ofMillis(400)))
                .listener(new PenstockListener() {
                    @Override
                    public void timeoutEnforced(TimeoutEnforced event) {
                        enforced.add(event.by());
                    }
                })
                .build();
        private PostgresServer server;

        @BeforeEach
        void use(PostgresServer running) {
            server = running;
        }

        @Test
        void aStatementThatOutlastsItIsCancelled() throws SQLException {
            try (PenstockConnector connector = Sessions.to(server, config).build();
                    Connection connection = connector.getConnection()) {
                connection.setAutoCommit(false);

                assertThat(failure(connection, "select pg_sleep(60)").getSQLState())
                        .isEqualTo("57014");
                connection.rollback();
                run(connection, "select 1");
            }
        }

        /** Each is over soon, and survives whatever is cancelled in it. */
        @Test
        void itIsEndedThoughNoneOfItsStatementsTakesLong() throws SQLException {
            try (PenstockConnector connector = Sessions.to(server, config).build();
                    Connection connection = connector.getConnection()) {
                connection.setAutoCommit(false);
                AtomicReference<SQLException> cut = new AtomicReference<>();
                Await.until("it is ended", SOON, () -> {
                    cut.set(catchThrowableOfType(SQLException.class, () -> run(connection, SHORT)));
                    return cut.get() != null;
                });
                assertThat(isOurs(cut.get())).as("%s", cut.get()).isTrue();
                assertThat(enforced).filteredOn(Enforcement.CANCELLED::equals).hasSizeLessThanOrEqualTo(1);
            }
        }

        /** There always is something that nobody has read yet: that is no reason to leave it alone. */
        @Test
        void soIsOneThatReadsACopySlowly() throws SQLException {
            try (PenstockConnector connector = Sessions.to(server, config).build();
                    Connection connection = connector.getConnection();
                    Connection clock = server.connect()) {
                connection.setAutoCommit(false);
                CopyOut rows = connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyOut("copy (select repeat('x', 8000) from generate_series(1, 100000)) to stdout");
                AtomicReference<SQLException> cut = new AtomicReference<>();
                Await.until("it is ended", SOON, () -> {
                    cut.set(catchThrowableOfType(SQLException.class, () -> {
                        assertThat(rows.readFromCopy()).isNotNull();
                        run(clock, "select pg_sleep(0.03)");
                    }));
                    return cut.get() != null;
                });
                assertThat(isOurs(cut.get())).as("%s", cut.get()).isTrue();
            }
        }

        private static SQLException failure(Connection connection, String sql) {
            return Objects.requireNonNull(catchThrowableOfType(SQLException.class, () -> run(connection, sql)));
        }

        private static boolean isOurs(Throwable thrown) {
            for (Throwable next = thrown; next != null; next = next.getCause()) {
                if (next instanceof SessionTimeoutException reason) {
                    return reason.limit() == SessionLimit.TRANSACTION;
                }
            }
            return false;
        }
    }

    @Nested
    @Tag("postgres-14")
    @Tag("once")
    @WithPostgres(major = 14)
    class Postgres14 extends Transactions {}

    @Nested
    @Tag("postgres-15")
    @Tag("once")
    @WithPostgres(major = 15)
    class Postgres15 extends Transactions {}

    @Nested
    @Tag("postgres-16")
    @Tag("once")
    @WithPostgres(major = 16)
    class Postgres16 extends Transactions {}
}
