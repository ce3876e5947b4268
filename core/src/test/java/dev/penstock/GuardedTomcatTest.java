package dev.penstock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.lab.Await;
import dev.penstock.lab.junit.NoLeftovers;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.tomcat.jdbc.pool.DataSource;
import org.apache.tomcat.jdbc.pool.PoolProperties;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/** Gate and leases above a pool that Penstock knows nothing of: Tomcat's. */
@WithPostgres
@NoLeftovers
class GuardedTomcatTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final PostgresServer server;
    private final List<LeaseReport> reports = new CopyOnWriteArrayList<>();

    GuardedTomcatTest(PostgresServer server) {
        this.server = server;
    }

    @Test
    void whatIsLentWorksAndIsKnown() throws Exception {
        try (PenstockConnector connector = connector();
                Guarded guarded = guarded(connector)) {
            try (Connection connection = guarded.source().getConnection();
                    Statement statement = connection.createStatement()) {
                assertThat(statement.execute("select 1")).isTrue();
                OpenLease lease = guarded.source().control().openLeases().get(0);
                assertThat(lease.backendPid())
                        .isEqualTo(connection.unwrap(PGConnection.class).getBackendPID());
                assertThat(lease.server()).isEqualTo("127.0.0.1:" + server.port());
                assertThat(lease.activity().kind()).isEqualTo(SessionActivity.Kind.IDLE);
            }
            assertThat(guarded.source().control().openLeases()).isEmpty();
        }
    }

    @Test
    void aDeadOwnersConnectionIsTakenBackAndAnotherServesOn() throws Exception {
        try (PenstockConnector connector = connector();
                Guarded guarded = guarded(connector)) {
            Connection[] leaked = new Connection[1];
            int[] pid = new int[1];
            Thread thread = new Thread(() -> {
                leaked[0] = borrow(guarded.source());
                pid[0] = pid(leaked[0]);
            });
            thread.start();
            thread.join();
            Await.until(
                    "it was taken back", SOON, () -> guarded.source().control().reclaimedLeases() == 1);

            assertThatThrownBy(() -> leaked[0].createStatement())
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("taken this connection back");
            Await.until("another serves on", SOON, () -> servesOtherThan(pid[0], guarded.source()));
            assertThat(reports).extracting(LeaseReport::verdict).containsExactly(LeaseVerdict.LEAKED_OWNER_DEAD);
        }
    }

    private static boolean servesOtherThan(int pid, javax.sql.DataSource source) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            return statement.execute("select 1") && pid(connection) != pid;
        } catch (SQLException e) {
            return false;
        }
    }

    private static Connection borrow(javax.sql.DataSource source) {
        try {
            return source.getConnection();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int pid(Connection connection) {
        try {
            return connection.unwrap(PGConnection.class).getBackendPID();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private PenstockConnector connector() {
        return PenstockConnector.builder(server.jdbcUrl())
                .properties(server.credentials())
                .config(PenstockConfig.builder()
                        .leases(l -> l.suspectAfter(Duration.ofMillis(300)).reclaim(ReclaimPolicy.DEAD_OWNER))
                        .listener(new PenstockListener() {
                            @Override
                            public void leaseSuspected(LeaseSuspected event) {
                                reports.add(event.report());
                            }
                        })
                        .build())
                .build();
    }

    /** A guard, and the pool below it, which is closed with it. */
    private record Guarded(PenstockDataSource source, DataSource pool) implements AutoCloseable {
        @Override
        public void close() {
            source.gate().close();
            pool.close(true);
        }
    }

    private static Guarded guarded(PenstockConnector connector) {
        PoolProperties properties = new PoolProperties();
        properties.setDataSource(connector);
        properties.setMaxActive(1);
        properties.setInitialSize(1);
        properties.setMinIdle(0);
        properties.setMaxWait(2_000);
        properties.setTestOnBorrow(true);
        properties.setValidationInterval(0); // else it trusts a connection for 3 s, taken back or not
        properties.setJmxEnabled(false);
        properties.setTimeBetweenEvictionRunsMillis(0);
        DataSource pool = new DataSource(properties);
        return new Guarded(PenstockDataSource.guard(pool, PoolControl.unknown(Duration.ofSeconds(2)), connector), pool);
    }
}
