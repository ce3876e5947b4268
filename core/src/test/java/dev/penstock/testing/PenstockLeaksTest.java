package dev.penstock.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.OpenLease;
import dev.penstock.PenstockConfig;
import dev.penstock.PenstockDataSource;
import dev.penstock.SessionActivity;
import dev.penstock.SessionActivity.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What is on loan fails the assertion, and what cannot be known is refused. */
class PenstockLeaksTest {
    @AfterAll
    static void closePools() {
        Stubs.closeAll();
    }

    private final PenstockDataSource pool = Stubs.guarded("orders", leases -> leases.stacksPerSecond(0));

    @Test
    void nothingOnLoanPasses() throws SQLException {
        PenstockLeaks.assertNone(pool);
        pool.getConnection().close();
        PenstockLeaks.assertNone(pool);
    }

    @Test
    void whatIsOnLoanFailsWithThreadAndPlace() throws SQLException {
        PenstockLeaks.captureStacks(pool);
        try (Connection first = pool.getConnection();
                Connection second = pool.getConnection()) {
            assertThat(first).isNotEqualTo(second);
            assertThatThrownBy(() -> PenstockLeaks.assertNone(pool))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageStartingWith("2 connections have not been given back:")
                    .hasMessageContaining("of 'orders', on loan for ")
                    .hasMessageContaining("thread '" + Thread.currentThread().getName() + "' (id ")
                    .hasMessageContaining("session: activity unknown")
                    .hasMessageContaining("at " + PenstockLeaksTest.class.getName() + ".whatIsOnLoanFails");
        }
        PenstockLeaks.assertNone(pool);
    }

    @Test
    void aStackThatIsNotKnownIsExplained() throws SQLException {
        try (Connection connection = pool.getConnection()) {
            assertThat(connection.isClosed()).isFalse();
            assertThatThrownBy(() -> PenstockLeaks.assertNone(pool))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("where it was borrowed is not known")
                    .hasMessageContaining("PenstockLeaks.captureStacks(dataSource)");
        }
    }

    @Test
    void waitsForThoseThatAreGivenBackMeanwhile() throws SQLException {
        Connection connection = pool.getConnection();
        LateReturn.whileWaiting(Thread.currentThread(), connection);
        PenstockLeaks.assertNone(pool, Duration.ofMinutes(1));
        assertThat(connection.isClosed()).isTrue();
    }

    @Test
    void doesNotWaitForEver() throws SQLException {
        try (Connection connection = pool.getConnection()) {
            assertThatThrownBy(() -> PenstockLeaks.assertNone(pool, Duration.ofMillis(20)))
                    .isInstanceOf(AssertionError.class);
            assertThat(connection.isClosed()).isFalse();
        }
    }

    @Test
    void whoIsInterruptedWaitsNoLongerAndStaysSo() throws SQLException {
        try (Connection connection = pool.getConnection()) {
            assertThat(connection.isClosed()).isFalse();
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> PenstockLeaks.assertNone(pool, Duration.ofDays(1)))
                    .isInstanceOf(AssertionError.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void viewsOfThePoolAreThePool() throws SQLException {
        DataSource batch = pool.expectingHold(Duration.ofHours(1));
        Connection connection = batch.getConnection();
        assertThatThrownBy(() -> PenstockLeaks.assertNone(pool)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> PenstockLeaks.assertNone(batch)).isInstanceOf(AssertionError.class);
        connection.close();
        assertThatCode(() -> PenstockLeaks.assertNone(batch)).doesNotThrowAnyException();
    }

    @Test
    void whatIsNotPenstocksIsRefused() {
        assertThatThrownBy(() -> PenstockLeaks.assertNone(Stubs.plain()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be Penstock's")
                .hasMessageContaining("dev.penstock.PenstockControl")
                .hasCauseInstanceOf(SQLException.class);
    }

    @Test
    void whatWatchesNoLeasesIsRefused() {
        assertThatThrownBy(() -> PenstockLeaks.assertNone(Stubs.guarded("dark", leases -> leases.detection(false))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("what is on loan of 'dark' is not known: leases.detection must be true, but was false");
        PenstockConfig off = PenstockConfig.builder().enabled(false).build();
        assertThatThrownBy(() -> PenstockLeaks.captureStacks(Stubs.guarded("off", off)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("penstock.enabled must be true, but was false");
    }

    @Test
    void saysAllThatIsKnown() {
        SessionActivity busy =
                new SessionActivity(Kind.WAITING_FOR_SERVER, Duration.ofMillis(70), Duration.ofMillis(900));
        OpenLease known = new OpenLease(
                "orders",
                "3-17",
                new OpenLease.Borrower("worker-1", 42, false),
                Instant.EPOCH,
                Duration.ofMillis(1234),
                busy,
                4711,
                "127.0.0.1:5432",
                List.of(new StackTraceElement("com.example.Orders", "place", "Orders.java", 12)),
                null);

        assertThat(LeakText.of(List.of(known)).lines())
                .containsExactly(
                        "1 connection has not been given back:",
                        "connection 3-17 of 'orders', on loan for 1234 ms, borrowed by thread 'worker-1' (id 42, which has"
                                + " ended)",
                        "  session: waiting for the server for 70 ms, in a transaction for 900 ms",
                        "  borrowed here:",
                        "    at com.example.Orders.place(Orders.java:12)");
    }
}
