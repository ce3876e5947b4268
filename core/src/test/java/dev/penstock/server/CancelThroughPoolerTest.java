package dev.penstock.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.PenstockConnector;
import dev.penstock.lab.Await;
import dev.penstock.lab.fault.Behaviour;
import dev.penstock.lab.fault.FaultProxy;
import dev.penstock.lab.junit.NeedsPgBouncer;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.pgbouncer.PgBouncer;
import dev.penstock.lab.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A cancel request that takes longer than its limit, because the pooler is slow to hand it on. */
@WithPostgres
@NeedsPgBouncer
class CancelThroughPoolerTest {
    private final PostgresServer server;

    CancelThroughPoolerTest(PostgresServer server) {
        this.server = server;
    }

    /** PgBouncer 1.18 dies of that if the request's socket is closed by then: every client of it with it. */
    @Test
    void whoeverCancelsIsFreedAndThePoolerLives() throws Exception {
        try (FaultProxy slow = FaultProxy.to(server.address());
                PgBouncer pooler =
                        PgBouncer.inFrontOf(server, slow.socketAddress()).start();
                PenstockConnector connector = connector(pooler);
                Connection connection = connector.getConnection();
                Statement statement = connection.createStatement()) {
            CompletableFuture<String> state = CompletableFuture.supplyAsync(() -> stateAfter(statement));
            Await.until("the statement runs", Duration.ofSeconds(10), this::sleeps);
            slow.behave(Behaviour.delay(Duration.ofMillis(1_700)));

            long start = System.nanoTime();
            statement.cancel();

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(1_650));
            assertThat(state.get(20, TimeUnit.SECONDS)).isEqualTo("57014");
            assertThat(pooler.isAlive()).isTrue();
        }
    }

    private static PenstockConnector connector(PgBouncer pooler) {
        Properties properties = pooler.credentials();
        properties.setProperty("ApplicationName", "cancel-through-pooler");
        return PenstockConnector.builder(pooler.jdbcUrl())
                .properties(properties)
                .property("prepareThreshold", "0")
                .build();
    }

    private static String stateAfter(Statement statement) {
        try {
            statement.execute("select pg_sleep(60)");
            return "slept to the end";
        } catch (SQLException e) {
            return e.getSQLState();
        }
    }

    private boolean sleeps() {
        try (Connection admin = server.connect();
                Statement statement = admin.createStatement();
                var answer =
                        statement.executeQuery("select count(*) from pg_stat_activity where wait_event = 'PgSleep'")) {
            answer.next();
            return answer.getInt(1) == 1;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
