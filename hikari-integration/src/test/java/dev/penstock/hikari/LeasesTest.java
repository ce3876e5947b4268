package dev.penstock.hikari;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import dev.penstock.LeaseReport;
import dev.penstock.LeaseSettings;
import dev.penstock.LeaseVerdict;
import dev.penstock.OpenLease;
import dev.penstock.PenstockConfig;
import dev.penstock.PenstockListener;
import dev.penstock.ReclaimPolicy;
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
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** Leases over a real pool and a real server: what is reported, and what is taken back. */
@WithPostgres
@NoLeftovers
class LeasesTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final PostgresServer server;
    private final List<LeaseReport> reports = new CopyOnWriteArrayList<>();
    private final List<PenstockListener.LeaseCameBack> cameBack = new CopyOnWriteArrayList<>();
    private final List<PenstockListener.LeaseReclaimed> reclaimed = new CopyOnWriteArrayList<>();

    LeasesTest(PostgresServer server) {
        this.server = server;
    }

    @Test
    void whatIsLentIsALeaseOverHikarisConnection() throws Exception {
        try (var pool = pool(leases -> {})) {
            Connection connection = pool.getConnection();
            List<OpenLease> open = pool.control().openLeases();

            assertThat(open).hasSize(1);
            OpenLease lease = open.get(0);
            assertThat(lease.thread().name()).isEqualTo(Thread.currentThread().getName());
            assertThat(lease.backendPid()).isEqualTo(pidOf(connection));
            assertThat(lease.server()).isEqualTo("127.0.0.1:" + server.port());
            connection.close();
            assertThat(pool.control().openLeases()).isEmpty();
        }
    }

    @Test
    void aConnectionThatNobodyUsesIsReportedWithItsThread() throws Exception {
        try (var pool = pool(leases -> {})) {
            Connection connection = borrow(pool);
            LeaseReport report = firstReport(LeaseVerdict.LIKELY_LEAK);

            assertThat(report.lease().thread().name())
                    .isEqualTo(Thread.currentThread().getName());
            assertThat(report.liveStack()).isNotEmpty();
            assertThat(report.describe()).contains("looks leaked", "server process " + pidOf(connection));
            connection.close();
            Await.until("it came back", SOON, () -> !cameBack.isEmpty());
            assertThat(pool.control().falseLeaseAlarms()).isPositive();
        }
    }

    @Test
    void theSecondTimeItsPlaceIsNamed() throws Exception {
        try (var pool = pool(leases -> {})) {
            borrowAndLeave(pool);
            firstReport(LeaseVerdict.LIKELY_LEAK);
            borrowAndLeave(pool);
            Await.until(
                    "with its stack",
                    SOON,
                    () -> reports.stream()
                            .anyMatch(report -> !report.lease().borrowStack().isEmpty()
                                    && report.lease()
                                            .borrowStack()
                                            .get(0)
                                            .getMethodName()
                                            .equals("borrowAndLeave")));
        }
    }

    private static void borrowAndLeave(PenstockHikariDataSource pool) throws SQLException {
        assertThat(pool.getConnection().isClosed()).isFalse();
    }

    @Test
    void withoutDetectionThePoolsOwnConnectionsAreLent() throws Exception {
        try (var pool = pool(leases -> leases.detection(false));
                Connection connection = pool.getConnection()) {
            assertThat(connection.getClass().getName()).startsWith("com.zaxxer.hikari.");
            assertThat(pool.control().watchesLeases()).isFalse();
            assertThat(pool.control().openLeases()).isEmpty();
        }
    }

    @Test
    void oneWhoseThreadHasEndedIsTakenBack() throws Exception {
        try (var pool = pool(leases -> leases.reclaim(ReclaimPolicy.DEAD_OWNER))) {
            Connection[] leaked = new Connection[1];
            Thread thread = new Thread(() -> leaked[0] = borrow(pool), "leaky");
            thread.start();
            thread.join();
            Await.until("it was taken back", SOON, () -> !reclaimed.isEmpty());

            assertThat(reclaimed.get(0).report().verdict()).isEqualTo(LeaseVerdict.LEAKED_OWNER_DEAD);
            assertThatThrownBy(() -> leaked[0].createStatement())
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("taken this connection back (leases.reclaim=dead-owner)")
                    .hasMessageContaining("'leaky'")
                    .extracting(e -> ((SQLException) e).getSQLState())
                    .isEqualTo("08003");
            assertThat(leaked[0].isClosed()).isTrue();
            leaked[0].close();
            Await.until(
                    "the slot is free", SOON, () -> pool.getHikariPoolMXBean().getActiveConnections() == 0);
            borrow(pool).close();
        }
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    @Tag("virtual-threads")
    void aVirtualThreadIsKnownWhileItWaitsAndOnceItHasEnded() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        try (var pool = pool(leases -> leases.reclaim(ReclaimPolicy.DEAD_OWNER))) {
            Thread owner = virtual(() -> {
                Connection leaked = borrow(pool);
                awaitRemotely(goOn);
                assertThat(leaked).isNotNull();
            });
            Await.until("it is suspect while it waits", SOON, () -> !reports.isEmpty());
            LeaseReport waiting = reports.get(0);
            goOn.countDown();
            Await.until("it was taken back", SOON, () -> !reclaimed.isEmpty());

            assertThat(waiting.verdict()).as("borrow() has returned").isEqualTo(LeaseVerdict.LIKELY_LEAK);
            assertThat(waiting.lease().thread().id()).isEqualTo(owner.getId());
            assertThat(waiting.liveStack())
                    .anyMatch(frame -> frame.getMethodName().equals("awaitRemotely"));
            assertThat(reclaimed.get(0).report().verdict()).isEqualTo(LeaseVerdict.LEAKED_OWNER_DEAD);
        }
    }

    private static void awaitRemotely(CountDownLatch goOn) {
        try {
            goOn.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Thread virtual(Runnable task) throws ReflectiveOperationException {
        return (Thread)
                Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, task);
    }

    @Test
    void oneThatWasCollectedIsReported() throws Exception {
        try (var pool = pool(leases -> leases.reclaim(ReclaimPolicy.DEAD_OWNER))) {
            borrowAndForget(pool);
            Await.until("it was taken back", SOON, () -> {
                System.gc();
                return !reclaimed.isEmpty();
            });

            assertThat(reclaimed.get(0).report().verdict()).isEqualTo(LeaseVerdict.LEAKED_UNREACHABLE);
        }
    }

    private static void borrowAndForget(PenstockHikariDataSource pool) {
        assertThat(borrow(pool)).isNotNull();
    }

    @Test
    void aTransactionWithoutAStatement() throws Exception {
        try (var pool = pool(leases -> {});
                Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("select 1");

            LeaseReport report = firstReport(LeaseVerdict.IDLE_IN_TRANSACTION);
            assertThat(report.lease().activity().inTransaction()).isNotNull();
            connection.rollback();
        }
    }

    @Test
    void aSlowStatementIsNoLeakAndWaitsForALockIfItDoes() throws Exception {
        try (var pool = pool(leases -> leases.lockDiagnosis(true));
                Connection holder = pool.getConnection();
                Connection waiter = pool.getConnection();
                Statement holding = holder.createStatement();
                Statement waiting = waiter.createStatement()) {
            holder.setAutoCommit(false);
            holding.execute("select pg_advisory_xact_lock(4711)");
            int holdersPid = pidOf(holder);
            Thread thread = new Thread(() -> runUntilItFails(waiting, "select pg_advisory_lock(4711)"));
            thread.start();

            LeaseReport report = firstReport(LeaseVerdict.WAITING_ON_LOCK);
            assertThat(report.blockedBy()).containsExactly(holdersPid);
            holder.rollback();
            thread.join();
        }
    }

    @Test
    void whatWasExpectedIsNotSuspect() throws Exception {
        CountDownLatch nothing = new CountDownLatch(1);
        try (var pool = pool(leases -> {});
                Connection batch = pool.expectingHold(Duration.ofHours(1)).getConnection();
                Connection other = pool.getConnection()) {
            LeaseReport report = firstReport(LeaseVerdict.LONG_HOLD);

            assertThat(report.lease().backendPid()).isEqualTo(pidOf(other));
            assertThat(reports).noneMatch(r -> r.lease().backendPid() == pid(batch));
            assertThat(nothing.getCount()).isOne();
        }
    }

    @Test
    void holdingForTooLongIsEndedWhileAStatementRuns() throws Exception {
        try (var pool = pool(leases -> leases.reclaim(ReclaimPolicy.after(Duration.ofMillis(700))))) {
            Connection connection = pool.getConnection();
            int pid = pidOf(connection);
            try (Statement statement = connection.createStatement()) {
                assertThatThrownBy(() -> statement.execute("select pg_sleep(60)"))
                        .isInstanceOf(SQLException.class);
            }
            assertThat(connection.isClosed()).isTrue();
            Await.until("it is told, which comes after the act", SOON, () -> !reclaimed.isEmpty());
            assertThat(reclaimed.get(0).because()).isEqualTo("leases.reclaim=after(700ms)");
            try (Connection next = pool.expectingHold(SOON).getConnection()) {
                Await.until("the server has ended it", SOON, () -> !isActive(next, pid));
            }
        }
    }

    private static boolean isActive(Connection connection, int pid) {
        try (Statement statement = connection.createStatement();
                var rows = statement.executeQuery("select 1 from pg_stat_activity where pid = " + pid)) {
            return rows.next();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void runUntilItFails(Statement statement, String sql) {
        try {
            statement.execute(sql);
        } catch (SQLException e) {
            // the test is over
        }
    }

    private static int pidOf(Connection connection) throws SQLException {
        return connection.unwrap(org.postgresql.PGConnection.class).getBackendPID();
    }

    private static int pid(Connection connection) {
        try {
            return pidOf(connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Connection borrow(PenstockHikariDataSource pool) {
        try {
            return pool.getConnection();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private LeaseReport firstReport(LeaseVerdict verdict) {
        Await.until(verdict + " is reported, not only " + reports, SOON, () -> find(verdict) != null);
        LeaseReport found = find(verdict);
        assertThat(found).isNotNull();
        return found;
    }

    private @Nullable LeaseReport find(LeaseVerdict verdict) {
        return reports.stream().filter(r -> r.verdict() == verdict).findFirst().orElse(null);
    }

    private PenstockHikariDataSource pool(Consumer<LeaseSettings.Builder> leases) {
        HikariConfig config = Pools.config(server);
        config.setMaximumPoolSize(3);
        return new PenstockHikariDataSource(
                config,
                PenstockConfig.builder()
                        .leases(l -> l.suspectAfter(Duration.ofMillis(300)))
                        .leases(leases)
                        .listener(new PenstockListener() {
                            @Override
                            public void leaseSuspected(LeaseSuspected event) {
                                reports.add(event.report());
                            }

                            @Override
                            public void leaseCameBack(LeaseCameBack event) {
                                cameBack.add(event);
                            }

                            @Override
                            public void leaseReclaimed(LeaseReclaimed event) {
                                reclaimed.add(event);
                            }
                        })
                        .build());
    }
}
