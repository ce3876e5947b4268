package dev.penstock.internal.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.LeaseReport;
import dev.penstock.LeaseSettings;
import dev.penstock.LeaseVerdict;
import dev.penstock.OpenLease;
import dev.penstock.PenstockConfig;
import dev.penstock.PenstockListener;
import dev.penstock.PoolControl;
import dev.penstock.PoolGate;
import dev.penstock.ReclaimPolicy;
import dev.penstock.StubPool;
import dev.penstock.feature.LogRecorder;
import dev.penstock.internal.events.Listeners;
import dev.penstock.internal.session.Sessions;
import dev.penstock.internal.socket.ScriptedSocket;
import dev.penstock.internal.sweep.Turn;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** One desk on virtual time, each test one thing that may happen. */
class LeaseDeskTest implements PenstockListener {
    private static final Duration SUSPECT_AFTER = Duration.ofSeconds(2);

    private final AtomicLong now = new AtomicLong(1_000_000_007L);
    private final Sessions sessions = new Sessions(session -> {});
    private final AtomicInteger asked = new AtomicInteger();
    private final Queue<Connection> idle = new ArrayDeque<>();
    private final List<LeaseReport> reports = new ArrayList<>();
    private final List<LeaseCameBack> cameBack = new ArrayList<>();
    private final List<LeaseReclaimed> reclaimed = new ArrayList<>();

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

    private LeaseDesk desk(Consumer<LeaseSettings.Builder> settings) {
        return desk(settings, new StubPool());
    }

    private LeaseDesk desk(Consumer<LeaseSettings.Builder> settings, PoolControl pool) {
        return new LeaseDesk(
                "orders",
                PenstockConfig.builder()
                        .leases(l -> l.suspectAfter(SUSPECT_AFTER))
                        .leases(settings)
                        .build()
                        .leases(),
                sessions,
                new Surroundings(
                        pool,
                        new Listeners(List.of(this)),
                        Runnable::run,
                        PenstockConfig.defaults().session(),
                        null,
                        null),
                now::get,
                null);
    }

    private Physical physical(int pid) {
        Physical made = new Physical(pid, new ScriptedSocket(now::get));
        sessions.add(made.connection, made.session);
        return made;
    }

    private void pass(LeaseDesk desk, Duration time) {
        Turn turn = new Turn(desk, now.get());
        for (long left = time.toNanos(); left >= 0; left -= LeaseDesk.TICK.toNanos()) {
            assertThat(turn.tick(now.get())).isTrue();
            now.addAndGet(LeaseDesk.TICK.toNanos());
        }
    }

    private static void nothing() {}

    // ---- connections that do not say whose they are ---------------------------------------------

    /** Of a pool that does not let go of the driver's connection, or whose driver is another. */
    private Connection refusing() {
        return (Connection) Proxy.newProxyInstance(
                LeaseDeskTest.class.getClassLoader(), new Class<?>[] {Connection.class}, (self, method, arguments) -> {
                    if (method.getName().equals("unwrap")) {
                        asked.incrementAndGet();
                        throw new SQLException("not a wrapper");
                    }
                    return method.getReturnType() == boolean.class ? false : null;
                });
    }

    @Test
    void whoeverDoesNotSayWhatItIsIsNotAskedForEver() throws SQLException {
        try (LeaseDesk desk = desk(l -> {})) {
            for (int i = 0; i < 1_000; i++) {
                lendAndClose(desk, this::refusing);
            }
            assertThat(asked).hasValueLessThan(50).hasPositiveValue();
            assertThat(desk.onLoan().numbers().open()).isZero();
        }
    }

    @Test
    void aFewAmongManyDoNotMakeItDeafToTheOthers() throws SQLException {
        Physical physical = physical(7);
        try (LeaseDesk desk = desk(l -> {})) {
            for (int i = 0; i < 100; i++) {
                lendAndClose(desk, this::refusing);
                lendAndClose(desk, () -> new Inner(physical, LeaseDeskTest::nothing));
            }
            Connection last = desk.lend(() -> new Inner(physical, LeaseDeskTest::nothing));
            assertThat(desk.onLoan().list()).extracting(OpenLease::backendPid).containsExactly(7);
            last.close();
        }
    }

    private static void lendAndClose(LeaseDesk desk, PoolGate.Pool pool) throws SQLException {
        Connection handle = desk.lend(pool);
        assertThat(handle).isInstanceOf(LeasedConnection.class);
        handle.close();
    }

    // ---- races with the sweeper -----------------------------------------------------------------

    /** The pool has it back past its handle and lends it on, while the sweeper takes it away from who had it. */
    @Test
    void whatIsTakenBackWhileItIsLentIsNotLent() throws SQLException {
        Physical physical = physical(7);
        try (LeaseDesk desk = desk(l -> {})) {
            Slot[] slot = new Slot[1];
            Lease[] lease = new Lease[1];
            Inner first = new Inner(physical, LeaseDeskTest::nothing) {
                @Override
                public boolean isClosed() {
                    boolean unused = slot[0].reclaim(lease[0]);
                    return true;
                }
            };
            LeasedConnection held = (LeasedConnection) desk.lend(() -> first);
            slot[0] = held.slot();
            lease[0] = slot[0].see(now.get(), new java.lang.ref.ReferenceQueue<>());
            idle.add(new Inner(physical, LeaseDeskTest::nothing));
            idle.add(new Inner(physical(8), LeaseDeskTest::nothing));

            Connection next = desk.lend(idle::remove);

            assertThat(next.unwrap(org.postgresql.core.BaseConnection.class).getBackendPID())
                    .isEqualTo(8);
            assertThat(slot[0].isGone()).isTrue();
        }
    }

    // ---- what is told ---------------------------------------------------------------------------

    @Test
    void aSuspectThatIsClosedUnderneathHasComeBack() throws SQLException {
        try (LeaseDesk desk = desk(l -> {})) {
            Inner inner = new Inner(physical(7), LeaseDeskTest::nothing);
            Connection held = desk.lend(() -> inner);
            pass(desk, SUSPECT_AFTER.multipliedBy(3).dividedBy(2));
            assertThat(reports).hasSize(1);

            inner.close();
            pass(desk, SUSPECT_AFTER.multipliedBy(2));

            assertThat(cameBack)
                    .extracting(LeaseCameBack::lease)
                    .containsExactly(reports.get(0).lease().id());
            assertThat(reports).hasSize(1);
            assertThat(desk.onLoan().list()).isEmpty();
            held.close();
        }
    }

    @Test
    void aReportSaysHowManyAreOpenFromThere() throws SQLException {
        try (LeaseDesk desk = desk(l -> {})) {
            desk.captureAllStacks(true);
            List<Connection> held = new ArrayList<>();
            for (int pid = 1; pid <= 3; pid++) {
                Physical physical = physical(pid);
                held.add(desk.lend(() -> new Inner(physical, LeaseDeskTest::nothing)));
            }
            pass(desk, SUSPECT_AFTER.multipliedBy(3).dividedBy(2));

            assertThat(reports)
                    .hasSize(3)
                    .allSatisfy(report -> assertThat(report.site())
                            .isNotNull()
                            .extracting(site -> site.openNow())
                            .isEqualTo(3));
            for (Connection connection : held) {
                connection.close();
            }
        }
    }

    @Test
    void oneThatIsExpectedToBeHeldForEverDoesNotHideTheOthers() throws SQLException {
        try (LeaseDesk desk = desk(l -> {})) {
            Connection quiet = desk.lend(() -> new Inner(physical(1), LeaseDeskTest::nothing));
            pass(desk, SUSPECT_AFTER.minus(LeaseDesk.TICK));
            Connection batch = desk.lend(
                    () -> new Inner(physical(2), LeaseDeskTest::nothing),
                    Terms.expecting(ChronoUnit.FOREVER.getDuration()));
            pass(desk, SUSPECT_AFTER);

            assertThat(reports)
                    .extracting(report -> report.lease().backendPid())
                    .containsOnly(1);
            quiet.close();
            batch.close();
        }
    }

    // ---- taking back ----------------------------------------------------------------------------

    /** It is used all the time, and in a transaction whenever somebody looks but once. */
    @Test
    void theFirstMomentOutsideATransactionEndsWhatIsHeldForTooLong() throws SQLException {
        try (LeaseDesk desk = desk(l -> l.reclaim(ReclaimPolicy.after(Duration.ofSeconds(5))))) {
            Physical physical = physical(7);
            Inner inner = new Inner(physical, LeaseDeskTest::nothing);
            Connection held = desk.lend(() -> inner, Terms.suspectAfter(Duration.ofMinutes(1)));
            inner.transactionIs(true);
            for (int i = 0; i < 10; i++) {
                asksAndAnswers(physical);
                pass(desk, Duration.ofSeconds(1));
            }
            assertThat(reclaimed).isEmpty();

            inner.transactionIs(false);
            asksAndAnswers(physical);
            pass(desk, Duration.ofSeconds(1));

            assertThat(reclaimed).hasSize(1);
            assertThat(held.isClosed()).isTrue();
        }
    }

    private static void asksAndAnswers(Physical physical) {
        if (physical.wire != null) {
            physical.wire.asks();
            physical.wire.answers();
        }
    }

    /** The driver does not know of the transaction until the statement that begins it is over. */
    @Test
    void theFirstStatementOfATransactionIsInIt() throws SQLException {
        try (LeaseDesk desk = desk(l -> l.reclaim(ReclaimPolicy.after(Duration.ofSeconds(5))))) {
            Physical physical = physical(7);
            physical.autoCommit = false;
            Connection held = desk.lend(() -> new Inner(physical, LeaseDeskTest::nothing));
            if (physical.wire != null) {
                physical.wire.asks();
            }
            pass(desk, Duration.ofSeconds(10));

            assertThat(reclaimed).isEmpty();
            assertThat(reports).extracting(LeaseReport::verdict).contains(LeaseVerdict.SLOW_STATEMENT);
            held.close();
        }
    }

    /** It may have one connection less from then on: its operator has to know. */
    @Test
    void aPoolThatDropsNothingIsToldOf() throws SQLException {
        PoolControl stubborn = new StubPool() {
            @Override
            public void evict(Connection connection) throws SQLException {
                throw new SQLException("not mine");
            }
        };
        try (LogRecorder log = LogRecorder.ofPenstock();
                LeaseDesk desk = desk(l -> l.reclaim(ReclaimPolicy.after(Duration.ofSeconds(5))), stubborn)) {
            Physical physical = physical(7);
            Connection held = desk.lend(() -> new Inner(physical, LeaseDeskTest::nothing));
            pass(desk, Duration.ofSeconds(6));
            assertThat(held.isClosed()).isTrue();
            assertThat(notDropped(log)).hasSize(1).first().asString().contains("'orders'", "not mine", "restart it");

            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> desk.lend(() -> new Inner(physical, LeaseDeskTest::nothing)))
                        .isInstanceOf(SQLTransientConnectionException.class)
                        .hasMessageContaining("'orders'")
                        .hasMessageContaining("does not drop them");
            }
            assertThat(notDropped(log)).as("of those that it lends, once").hasSize(2);
        }
    }

    private static List<String> notDropped(LogRecorder log) {
        return log.lines().stream()
                .filter(line -> line.startsWith("WARN ") && line.contains("did not drop a connection"))
                .toList();
    }

    // ---- what was prepared last -----------------------------------------------------------------

    @Test
    void aReportShowsWhatWasPreparedLast() throws SQLException {
        try (LeaseDesk desk = desk(l -> l.showSql(true))) {
            Connection held = lendAndPrepare(desk, "select 1", "select name from customers where id = ?");
            pass(desk, SUSPECT_AFTER.multipliedBy(3).dividedBy(2));

            assertThat(reports)
                    .extracting(LeaseReport::lastSql)
                    .containsExactly("select name from customers where id = ?");
            assertThat(reports.get(0).describe()).contains("prepared last: select name from customers where id = ?");
            held.close();
        }
    }

    @Test
    void aLongOneIsCut() throws SQLException {
        try (LeaseDesk desk = desk(l -> l.showSql(true))) {
            Connection whole = lendAndPrepare(desk, "x".repeat(2_000));
            Connection cut = lendAndPrepare(desk, "x".repeat(2_001));
            pass(desk, SUSPECT_AFTER.multipliedBy(3).dividedBy(2));

            assertThat(reports)
                    .extracting(LeaseReport::lastSql)
                    .containsExactlyInAnyOrder("x".repeat(2_000), "x".repeat(2_000) + " ... (2001 characters)");
            whole.close();
            cut.close();
        }
    }

    @Test
    void byDefaultNothingIsNoted() throws SQLException {
        try (LeaseDesk desk = desk(l -> {})) {
            Connection held = lendAndPrepare(desk, "select 'secret'");
            pass(desk, SUSPECT_AFTER.multipliedBy(3).dividedBy(2));

            assertThat(reports).extracting(LeaseReport::lastSql).containsOnlyNulls();
            assertThat(reports.get(0).describe()).doesNotContain("secret", "prepared last");
            held.close();
        }
    }

    private int pids = 100;

    /** The pool has no driver beneath, so each is refused; what is noted is what was asked for. */
    private Connection lendAndPrepare(LeaseDesk desk, String... texts) throws SQLException {
        Physical physical = physical(pids++);
        Connection held = desk.lend(() -> new Inner(physical, LeaseDeskTest::nothing));
        for (String text : texts) {
            assertThatThrownBy(() -> held.prepareStatement(text)).isInstanceOf(SQLException.class);
        }
        return held;
    }
}
