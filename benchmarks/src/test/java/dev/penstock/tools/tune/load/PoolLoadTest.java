package dev.penstock.tools.tune.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.internal.time.Deadline;
import dev.penstock.internal.time.Ticker;
import dev.penstock.lab.Await;
import dev.penstock.lab.fault.FaultProxy;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.tools.server.Login;
import dev.penstock.tools.server.Server;
import dev.penstock.tools.tune.mix.Mix;
import dev.penstock.tools.tune.mix.MixReader;
import dev.penstock.tools.tune.search.Effort;
import dev.penstock.tools.tune.search.LoadStoppedException;
import dev.penstock.tools.tune.search.Measured;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** On a real server; how fast it is says nothing here. */
@WithPostgres(settings = "max_connections=40")
class PoolLoadTest {
    private static final String NAME = "penstock-tools tune";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LIMIT = Duration.ofSeconds(1);
    private static final Effort SHORT = new Effort(Duration.ofMillis(50), Duration.ofMillis(300));

    private final PostgresServer server;
    private final Stop stop = new Stop();
    private Deadline deadline = Deadline.after(Ticker.system(), Duration.ofHours(1));
    private final Map<String, Long> failures = new TreeMap<>();
    private long late;
    private Runnable whenItFills = () -> {};
    private Runnable whenItCounts = () -> {};
    private Control control;

    PoolLoadTest(PostgresServer server) {
        this.server = server;
    }

    @AfterEach
    void nothingIsLeft() throws SQLException {
        control.close();
        Await.until("no session of ours", PATIENCE, () -> {
            try {
                return server.backendCount(NAME) == 0;
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** Runs each once: when the pool is being filled, on the first tick that counts. */
    private final LoadListener listener = new LoadListener() {
        @Override
        public void at(int size, Phase phase, Duration left, long units) {
            if (phase == Phase.FILLING) {
                Runnable what = whenItFills;
                whenItFills = () -> {};
                what.run();
            }
            if (phase == Phase.MEASURING) {
                Runnable what = whenItCounts;
                whenItCounts = () -> {};
                what.run();
            }
        }

        @Override
        public void measured(Measured measured, Map<String, Long> byState, long lateUnits) {
            failures.putAll(byState);
            late = lateUnits;
        }
    };

    private PoolLoad load(String url, String sql, LoadPlan plan, Duration limit) throws Exception {
        Server users = new Server(new Login(url, server.user(), server.password()), Duration.ofSeconds(5), NAME);
        Mix mix = MixReader.read("a file", sql);
        control = new Control(
                new Server(new Login(server.jdbcUrl(), server.user(), server.password()), Duration.ofSeconds(5), NAME));
        SessionPlan sessions = new SessionPlan(users, limit, true);
        return new PoolLoad(sessions, mix, plan, control, new Room(control, 2), deadline, listener, stop);
    }

    private PoolLoad load(String sql, LoadPlan plan) throws Exception {
        return load(sql, plan, LIMIT);
    }

    private PoolLoad load(String sql, LoadPlan plan, Duration limit) throws Exception {
        return load(server.jdbcUrl(), sql, plan, limit);
    }

    private static LoadPlan closed(int callers) {
        return new LoadPlan(callers, null, false, 8);
    }

    private static LoadPlan open(double rate) {
        return new LoadPlan(8, rate, false, 8);
    }

    @Test
    void aClosedLoopIsAsWideAsThePool() throws Exception {
        int[] sessions = new int[1];
        whenItCounts = () -> sessions[0] = count();

        Measured measured = load("select pg_sleep(0.01);", closed(12)).measure(4, SHORT);

        assertThat(sessions[0]).isEqualTo(4 + 1); // and the control session
        assertThat(measured.size()).isEqualTo(4);
        assertThat(measured.lasted()).isEqualTo(SHORT.measured());
        assertThat(measured.done()).isPositive();
        // whoever waits from before the window to behind it counts as having waited, without being done
        assertThat(measured.times().took().getTotalCount()).isBetween(measured.done(), measured.done() + 12);
        // four at a time, 10 ms each; the first of them may end with the window's beginning
        assertThat(measured.done()).isLessThanOrEqualTo(4 * (300 / 10 + 1));
        assertThat(measured.times().served().getMinNonZeroValue()).isGreaterThanOrEqualTo(9_900);
        // twelve callers over four connections: two thirds of them wait
        assertThat(measured.times().waited().getMaxValue()).isGreaterThanOrEqualTo(9_900);
        assertThat(failures).isEmpty();
        assertThat(measured.failed()).isZero();
    }

    private int count() {
        try {
            return server.backendCount(NAME);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void anOpenLoopCountsFromWhenAUnitWasDue() throws Exception {
        // 100 a second, of which one connection serves 20
        Measured measured = load("select pg_sleep(0.05);", open(100)).measure(1, SHORT);

        assertThat(late).isPositive();
        assertThat(measured.done()).isLessThanOrEqualTo(300 / 50 + 1);
        assertThat(measured.times().waited().getMaxValue()).isGreaterThan(100_000);
        // all that were due, served or not
        assertThat(measured.times().took().getTotalCount()).isGreaterThan(measured.done());
    }

    /** The network stands still for a quarter of the time: who was due meanwhile has waited, asked or not. */
    @Test
    void aStallShowsInAnOpenLoopAndHidesInAClosedOne() throws Exception {
        Duration stall = Duration.ofMillis(500);
        Effort effort = new Effort(Duration.ofMillis(200), Duration.ofSeconds(2));
        try (FaultProxy proxy = FaultProxy.to(server.address())) {
            String url = server.jdbcUrl(proxy.address().getHostAddress(), proxy.port());
            whenItCounts = () -> stall(proxy, stall);
            Measured open = load(url, "select 1;", open(400), LIMIT).measure(4, effort);
            control.close();
            whenItCounts = () -> stall(proxy, stall);
            Measured closed = load(url, "select 1;", closed(4), LIMIT).measure(4, effort);

            assertThat(millis(open, 90)).isGreaterThan(stall.toMillis() / 4);
            assertThat(millis(closed, 90)).isLessThan(stall.toMillis() / 4);
            assertThat(closed.times().took().getMaxValue() / 1_000).isGreaterThanOrEqualTo(stall.toMillis() * 9 / 10);
        }
    }

    private static long millis(Measured measured, double percentile) {
        return measured.times().took().getValueAtPercentile(percentile) / 1_000;
    }

    private static void stall(FaultProxy proxy, Duration time) {
        proxy.stallOpen();
        Thread resume = new Thread(() -> {
            try {
                TimeUnit.NANOSECONDS.sleep(time.toNanos());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                proxy.resumeOpen();
            }
        });
        resume.start();
    }

    @Test
    void failedUnitsAreCountedByTheirState() throws Exception {
        Measured measured = load(
                        "-- name: bad, weight: 1\nselect 1 / 0;\n-- name: good, weight: 1\nselect 1;", closed(2))
                .measure(2, SHORT);

        assertThat(failures).containsOnlyKeys("22012");
        assertThat(failures.get("22012"))
                .isEqualTo(measured.failed())
                .isPositive()
                .isLessThan(measured.done());
    }

    @Test
    void noStatementRunsForEver() throws Exception {
        Measured measured =
                load("select pg_sleep(60);", closed(1)).measure(1, new Effort(Duration.ZERO, LIMIT.plusMillis(500)));

        assertThat(failures).containsExactly(Map.entry("57014", 1L));
        assertThat(measured.failed()).isEqualTo(1);
    }

    /** Not even a statement that may take longer. */
    @Test
    void nothingGoesOnAfterTheDeadline() throws Exception {
        deadline = Deadline.after(Ticker.system(), Duration.ofSeconds(3)); // enough to open two connections
        PoolLoad load = load("select pg_sleep(60);", closed(4), Duration.ofMinutes(5));

        assertThatThrownBy(() -> load.measure(2, SHORT))
                .isInstanceOf(LoadStoppedException.class)
                .hasMessageContainingAll("the time was up (--max-time)", "with 2 connections", "--statement-timeout");
        assertThat(control.leftovers()).isEmpty();
    }

    /** Whatever it says: the session is read-only, and what tries otherwise ends it all. */
    @Test
    void aStatementThatWritesAllTheSameEndsIt() throws Exception {
        PoolLoad load = load("create table never_made (i int);", closed(1));

        assertThatThrownBy(() -> load.measure(1, SHORT))
                .isInstanceOf(LoadStoppedException.class)
                .hasMessageContainingAll("SQLState 25006", "--allow-writes");
    }

    @Test
    void soDoesATransactionThatMakesItselfReadWrite() throws Exception {
        PoolLoad load = load("begin;\nselect 1;\ninsert into pg_temp.x values (1);\ncommit;", closed(1));

        // the table is not there: an ordinary failure, and no permission to write either
        assertThat(load.measure(1, SHORT).failed()).isPositive();
        assertThat(failures).containsOnlyKeys("42P01");
    }

    @Test
    void sessionsThatAreEndedByOthersAreTheEnd() throws Exception {
        PoolLoad load = load("select pg_sleep(0.01);", closed(4));
        whenItCounts = () -> {
            try {
                server.execute("select pg_terminate_backend(pid) from pg_stat_activity where application_name = '"
                        + NAME + "' and query like '%pg_sleep(0.01)%'");
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        };

        assertThatThrownBy(() -> load.measure(2, new Effort(Duration.ZERO, PATIENCE)))
                .isInstanceOf(LoadStoppedException.class)
                .hasMessageContainingAll("stopped with 2 connections", "SQLState 57P01", "run it again");
        assertThat(control.leftovers()).isEmpty();
    }

    @Test
    void thereIsNoMoreRoomThanTheServerHas() throws Exception {
        // 40, less 3 for superusers, the reserve of 2, and the control session
        PoolLoad load = load("select 1;", closed(1));

        assertThatThrownBy(() -> load.measure(35, SHORT))
                .isInstanceOf(LoadStoppedException.class)
                .hasMessageContainingAll(
                        "stopped before 35 connections", "max_connections 40", "2 stay free (--reserve)");
    }

    /** There was room, and then others came. */
    @Test
    void aServerThatIsFullIsTheEnd() throws Exception {
        List<Connection> others = new ArrayList<>();
        whenItFills = () -> occupy(others);
        try {
            PoolLoad load = load("select 1;", closed(1));

            assertThatThrownBy(() -> load.measure(8, SHORT))
                    .isInstanceOf(LoadStoppedException.class)
                    .hasMessageContainingAll("stopped while 8 connections were opened", "SQLState 53300", "--reserve");
            assertThat(control.leftovers()).isEmpty();
        } finally {
            for (Connection other : others) {
                other.close();
            }
        }
    }

    private void occupy(List<Connection> others) {
        try {
            while (others.size() < 40) {
                others.add(server.connect());
            }
        } catch (SQLException e) {
            // that is all there are
        }
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void callersMayBeVirtual() throws Exception {
        Measured measured = load("select 1;", new LoadPlan(50, null, true, 8)).measure(2, SHORT);

        assertThat(measured.done()).isPositive();
        assertThat(measured.failed()).isZero();
    }

    @Test
    @Tag("once")
    void aServerThatFallsSilentIsTheEnd() throws Exception {
        try (FaultProxy proxy = FaultProxy.to(server.address())) {
            PoolLoad load = load(
                    server.jdbcUrl(proxy.address().getHostAddress(), proxy.port()),
                    "select pg_sleep(0.01);",
                    closed(4),
                    LIMIT);
            whenItCounts = proxy::stallOpen;

            assertThatThrownBy(() -> load.measure(2, new Effort(Duration.ZERO, PATIENCE)))
                    .isInstanceOf(LoadStoppedException.class)
                    .hasMessageContainingAll("stopped with 2 connections", "does not answer");
            // the control session goes another way: it has ended what the server did not see end
            assertThat(control.leftovers()).isEmpty();
        }
    }

    /** Process ids come again, and roles are shared. */
    @Test
    void nobodyElsesSessionIsEnded() throws Exception {
        load("select 1;", closed(1));
        try (Connection other = server.connect()) {
            Backend others = control.backend(other);
            // one of ours that had the same process id, before
            control.end(List.of(new Backend(others.pid(), others.begunMicros() - 1, others.serverBegunMicros())));

            assertThat(other.isValid(5)).isTrue();
        }
        assertThat(control.leftovers()).isEmpty();
    }

    @Test
    @Tag("once")
    void allSessionsAreOnOneServer() throws Exception {
        load("select 1;", closed(1));
        try (PostgresServer another = PostgresServer.start();
                Connection there = another.connect()) {
            assertThatThrownBy(() -> control.backend(there))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("--url must lead to one server");
        }
    }

    @Test
    void whoeverAsksToStopIsHeardAtOnce() throws Exception {
        PoolLoad load = load("select pg_sleep(60);", closed(8));
        whenItCounts = stop::request;

        assertThatThrownBy(() -> load.measure(2, new Effort(Duration.ZERO, PATIENCE)))
                .isInstanceOf(InterruptedException.class);
        assertThat(control.leftovers()).isEmpty();
    }
}
