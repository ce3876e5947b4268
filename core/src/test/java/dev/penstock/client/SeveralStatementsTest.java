package dev.penstock.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.penstock.BreakerMode;
import dev.penstock.PenstockConfig;
import dev.penstock.PenstockConnector;
import dev.penstock.PenstockListener;
import dev.penstock.PenstockListener.TimeoutEnforced;
import dev.penstock.SessionLimit;
import dev.penstock.lab.Await;
import dev.penstock.lab.junit.NoLeftovers;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Statements that are sent together have as long as all of them may take, and no longer; one has no more than one. */
@WithPostgres
@NoLeftovers
@Tag("driver")
class SeveralStatementsTest {
    private static final Duration LIMIT = Duration.ofMillis(600);

    private final PostgresServer server;
    private final List<TimeoutEnforced> enforced = new CopyOnWriteArrayList<>();

    SeveralStatementsTest(PostgresServer server) {
        this.server = server;
    }

    private PenstockConnector connector() {
        return PenstockConnector.builder(server.jdbcUrl())
                .properties(server.credentials())
                .config(PenstockConfig.builder()
                        .breaker(breaker -> breaker.mode(BreakerMode.OFF))
                        .session(session -> session.statementTimeout(LIMIT).grace(Duration.ofMillis(400)))
                        .listener(new PenstockListener() {
                            @Override
                            public void timeoutEnforced(TimeoutEnforced event) {
                                enforced.add(event);
                            }
                        })
                        .build())
                .build();
    }

    private TimeoutEnforced only() {
        Await.until("it was told", Duration.ofSeconds(20), () -> !enforced.isEmpty());
        assertThat(enforced).hasSize(1);
        assertThat(enforced.get(0).limit()).isEqualTo(SessionLimit.STATEMENT);
        assertThat(enforced.get(0).value()).isEqualTo(LIMIT);
        return enforced.get(0);
    }

    private static SQLException cut(Statement statement, String sql) {
        SQLException cut =
                Objects.requireNonNull(catchThrowableOfType(SQLException.class, () -> statement.execute(sql)));
        assertThat(cut.getSQLState()).isEqualTo("57014");
        return cut;
    }

    @Test
    void aBatchThatNeverEndsIsCutOnceAllOfItWouldHaveTakenTooLong() throws SQLException {
        try (PenstockConnector connector = connector();
                Connection connection = connector.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("set statement_timeout = 0");
            for (int i = 0; i < 3; i++) {
                statement.addBatch("do 'begin perform pg_sleep(60); end'");
            }
            SQLException cut =
                    Objects.requireNonNull(catchThrowableOfType(SQLException.class, statement::executeBatch));

            assertThat(cut.getSQLState()).isEqualTo("57014");
            assertThat(only().took()).isGreaterThan(LIMIT.multipliedBy(3));
        }
    }

    /** The driver puts a BEGIN before it: that is none of the user's. */
    @Test
    void theFirstStatementOfATransactionIsOne() throws SQLException {
        try (PenstockConnector connector = connector();
                Connection connection = connector.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("set statement_timeout = 0");
            connection.setAutoCommit(false);
            cut(statement, "select pg_sleep(60)");

            assertThat(only().took()).isLessThan(LIMIT.multipliedBy(2));
        }
    }

    @Test
    void theNextStatementAfterABatchIsOneAgain() throws SQLException {
        try (PenstockConnector connector = connector();
                Connection connection = connector.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("set statement_timeout = 0");
            for (int i = 0; i < 3; i++) {
                statement.addBatch("do 'begin perform pg_sleep(0.3); end'");
            }
            assertThat(statement.executeBatch()).hasSize(3);
            cut(statement, "select pg_sleep(60)");

            assertThat(only().took()).isLessThan(LIMIT.multipliedBy(2));
        }
    }
}
