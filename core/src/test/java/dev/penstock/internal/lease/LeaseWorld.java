package dev.penstock.internal.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.LeaseReport;
import dev.penstock.LeaseVerdict;
import dev.penstock.OpenLease;
import dev.penstock.PenstockConfig;
import dev.penstock.PenstockListener;
import dev.penstock.PoolControl;
import dev.penstock.ReclaimPolicy;
import dev.penstock.internal.events.Listeners;
import dev.penstock.internal.lease.Loan.End;
import dev.penstock.internal.session.Sessions;
import dev.penstock.internal.socket.ScriptedSocket;
import dev.penstock.internal.sweep.Turn;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A pool, its leases and its borrowers on virtual time, and a model of what must be so. Events are told at once, on
 * the thread that causes them.
 */
final class LeaseWorld implements AutoCloseable, PenstockListener {
    static final Duration SUSPECT_AFTER = Duration.ofSeconds(2);
    static final Duration TICK = LeaseDesk.TICK;

    /** A sweep that comes later tells that the JVM stood still. */
    private static final Duration STOOD_STILL = Duration.ofSeconds(5);

    /** A look shows who has ended, and there is one in time for those whose time is up. */
    private static final long NOTICED_WITHIN = TICK.multipliedBy(4).toNanos();

    /** The first look lets go of the handle; the second shows that it has gone. */
    private static final long COLLECTED_WITHIN = TICK.multipliedBy(8).toNanos();

    private static final int SESSIONS = 3;

    private final AtomicLong now = new AtomicLong(1_000_000_007L);
    private final Sessions sessions = new Sessions(session -> {});
    private final Queue<Physical> idle = new ArrayDeque<>();
    private final ReclaimPolicy policy;
    private final boolean inTransaction;
    private final LeaseDesk desk;
    private final Turn turn;
    private final Person[] people = new Person[3];
    private int made;
    private long countsFrom = Long.MIN_VALUE;

    final List<Loan> loans = new ArrayList<>();

    LeaseWorld(ReclaimPolicy policy, boolean inTransaction) {
        this.policy = policy;
        this.inTransaction = inTransaction;
        PenstockConfig config = PenstockConfig.builder()
                .leases(l -> l.suspectAfter(SUSPECT_AFTER).reclaim(policy).reclaimInTransaction(inTransaction))
                .build();
        this.desk = new LeaseDesk(
                "world",
                config.leases(),
                sessions,
                new Surroundings(
                        new Evicting(),
                        new Listeners(List.of(this)),
                        Runnable::run,
                        PenstockConfig.defaults().session(),
                        null,
                        null),
                now::get,
                null);
        this.turn = new Turn(desk, now.get());
        for (int i = 0; i < SESSIONS; i++) {
            idle.add(newSession());
        }
        for (int i = 0; i < people.length; i++) {
            people[i] = new Person("person-" + i);
        }
        assertThat(turn.tick(now.get())).isTrue();
    }

    private Physical newSession() {
        Physical physical = new Physical(++made, new ScriptedSocket(now::get));
        sessions.add(physical.connection, physical.session);
        return physical;
    }

    // ---- what happens ---------------------------------------------------------------------------

    /** Nothing if all connections are on loan. */
    void borrows(int person, boolean ofPgjdbc, @Nullable Duration expected) {
        Physical physical = ofPgjdbc ? idle.poll() : null;
        if (physical == null && ofPgjdbc) {
            return;
        }
        Inner inner = new Inner(physical, () -> released(physical));
        Person by = people[person % people.length];
        Terms terms = expected == null ? Terms.suspectAfter(SUSPECT_AFTER) : Terms.expecting(expected);
        Connection handle = by.does(() -> desk.lend(() -> inner, terms));
        loans.add(new Loan(inner, handle, by, now.get(), terms.limitNanos()));
    }

    private void released(@Nullable Physical physical) {
        if (physical != null) {
            physical.inTransaction = false;
            idle.add(physical.closed ? newSession() : physical);
        }
    }

    @Nullable Loan loan(int which) {
        return loans.isEmpty() ? null : loans.get(which % loans.size());
    }

    void closes(int which, int person) {
        Loan loan = loan(which);
        if (loan != null) {
            people[person % people.length].does(() -> {
                loan.closeHandle();
                return true;
            });
        }
    }

    /** By way of {@code statement.getConnection()}, for example. */
    void closesUnderneath(int which) {
        Loan loan = loan(which);
        if (loan != null && loan.isOpen()) {
            loan.end = End.CLOSED_UNDERNEATH;
            loan.inner.close();
        }
    }

    void uses(int which) {
        Loan loan = loan(which);
        Physical physical = loan == null ? null : loan.inner.physical;
        if (loan != null && loan.isOpen() && physical != null && physical.wire != null) {
            physical.wire.asks();
            physical.wire.answers();
            loan.usedAt = now.get();
        }
    }

    void transactionIs(int which, boolean open) {
        Loan loan = loan(which);
        if (loan != null && loan.isOpen()) {
            loan.inner.transactionIs(open);
        }
    }

    void forgets(int which) {
        Loan loan = loan(which);
        if (loan != null && loan.handle() != null) {
            loan.collect(now.get());
        }
    }

    void dies(int person) {
        int which = person % people.length;
        Person dead = people[which];
        dead.close();
        people[which] = new Person("person-" + which);
        loans.stream().filter(loan -> loan.by == dead).forEach(loan -> loan.diedAt = now.get());
    }

    /** Swept all the time. */
    void pass(Duration time) {
        for (long left = time.toNanos(); left > 0; left -= TICK.toNanos()) {
            now.addAndGet(TICK.toNanos());
            sweep();
        }
    }

    /** Not swept meanwhile: the JVM does not run. */
    void standsStill(Duration time) {
        now.addAndGet(time.toNanos());
        if (time.compareTo(STOOD_STILL) > 0) {
            countsFrom = now.get();
        }
        sweep();
    }

    private void sweep() {
        assertThat(turn.tick(now.get())).isTrue();
        loans.forEach(Loan::garbageCollected);
        nothingIsOverdue();
    }

    // ---- what must be so ------------------------------------------------------------------------

    /** Of an open lease, the time that counts. */
    private long since(long instant) {
        return instant == Loan.NOT ? -1 : now.get() - Math.max(instant, countsFrom);
    }

    private long longest(Loan loan) {
        Duration after = policy.after();
        if (after == null) {
            return Long.MAX_VALUE;
        }
        return loan.limitNanos == SUSPECT_AFTER.toNanos()
                ? after.toNanos()
                : Math.max(after.toNanos(), loan.limitNanos);
    }

    private void nothingIsOverdue() {
        for (Loan loan : loans) {
            if (!loan.isOpen()) {
                continue;
            }
            if (since(loan.usedAt) >= loan.limitNanos + NOTICED_WITHIN && !loan.isAbandoned()) {
                assertThat(loan.reports).as("reports about %s", loan.id).isPositive();
            }
            if (since(loan.usedAt) >= loan.limitNanos + NOTICED_WITHIN
                    && (since(loan.diedAt) >= loan.limitNanos + NOTICED_WITHIN
                            || since(loan.collectedAt) >= loan.limitNanos + COLLECTED_WITHIN)) {
                assertThat(loan.reports)
                        .as("reports about abandoned %s", loan.id)
                        .isPositive();
                assertThat(mayBeTakenBack(loan) && isVisible(loan) && policy.kind() != ReclaimPolicy.Kind.NEVER)
                        .as("abandoned, and still there: %s", loan.id)
                        .isFalse();
            }
            if (policy.after() != null && since(loan.borrowedAt) >= longest(loan) + NOTICED_WITHIN) {
                assertThat(mayBeTakenBack(loan))
                        .as("held for too long, and still there: %s", loan.id)
                        .isFalse();
            }
        }
    }

    /** Where nothing is seen of the session, somebody may be using it who was handed it. */
    private static boolean isVisible(Loan loan) {
        return loan.inner.physical != null;
    }

    private boolean mayBeTakenBack(Loan loan) {
        return inTransaction || !loan.inner.inTransaction;
    }

    private Loan told(OpenLease about) {
        Loan loan = loans.stream()
                .filter(known -> known.id.equals(about.id()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nobody has borrowed " + about));
        assertThat(loan.end).as("end of %s, of which is told", loan.id).isEqualTo(End.NOT_YET);
        return loan;
    }

    /** At least that: the sweeper learns of a death, or of a collection, only later. */
    private void isProven(Loan loan, LeaseVerdict verdict) {
        if (verdict == LeaseVerdict.LEAKED_OWNER_DEAD || verdict == LeaseVerdict.LEAKED_UNREACHABLE) {
            assertThat(since(loan.usedAt)).as("quiet").isGreaterThanOrEqualTo(loan.limitNanos);
        }
        if (verdict == LeaseVerdict.LEAKED_OWNER_DEAD) {
            assertThat(since(loan.diedAt)).as("dead").isGreaterThanOrEqualTo(loan.limitNanos);
        }
        if (verdict == LeaseVerdict.LEAKED_UNREACHABLE) {
            assertThat(since(loan.collectedAt)).as("collected").isGreaterThanOrEqualTo(loan.limitNanos);
        }
    }

    @Override
    public void leaseSuspected(LeaseSuspected event) {
        LeaseReport report = event.report();
        Loan loan = told(report.lease());
        assertThat(since(loan.usedAt)).as("%s is quiet", loan.id).isGreaterThanOrEqualTo(loan.limitNanos);
        isProven(loan, report.verdict());
        loan.reports++;
    }

    @Override
    public void leaseReclaimed(LeaseReclaimed event) {
        Loan loan = told(event.report().lease());
        LeaseVerdict verdict = event.report().verdict();
        isProven(loan, verdict);
        assertThat(policy.kind()).isNotEqualTo(ReclaimPolicy.Kind.NEVER);
        assertThat(mayBeTakenBack(loan)).as("in a transaction: %s", loan.id).isTrue();
        if (verdict != LeaseVerdict.LEAKED_OWNER_DEAD && verdict != LeaseVerdict.LEAKED_UNREACHABLE) {
            assertThat(since(loan.borrowedAt)).as("held").isGreaterThanOrEqualTo(longest(loan));
        }
        loan.end = End.RECLAIMED;
    }

    void everythingIsAsItMustBe() {
        assertThat(desk.onLoan().list().stream().map(OpenLease::id).toList())
                .containsExactlyInAnyOrderElementsOf(
                        loans.stream().filter(Loan::isOpen).map(loan -> loan.id).toList());
        loans.forEach(LeaseWorld::endedOnceOrNotAtAll);
        loans.forEach(LeaseWorld::saysWhatItIs);
    }

    private static void endedOnceOrNotAtAll(Loan loan) {
        Inner inner = loan.inner;
        switch (loan.end) {
            case NOT_YET -> assertThat(inner.closes + inner.evictions).isZero();
            case CLOSED -> {
                assertThat(inner.closes).as("closes of %s", loan.id).isOne();
                assertThat(inner.evictions).as("evictions of %s", loan.id).isZero();
            }
            case CLOSED_UNDERNEATH -> {
                // the handle may pass on the first close that it sees: to a connection that is closed
                assertThat(inner.closes).as("closes of %s", loan.id).isBetween(1, 2);
                assertThat(inner.evictions).as("evictions of %s", loan.id).isZero();
            }
            case RECLAIMED -> {
                assertThat(inner.closes).as("closes of %s", loan.id).isZero();
                assertThat(inner.evictions).as("evictions of %s", loan.id).isOne();
            }
        }
    }

    private static void saysWhatItIs(Loan loan) {
        Connection handle = loan.handle();
        if (handle == null) {
            return;
        }
        try {
            assertThat(handle.isClosed()).as("%s is closed", loan.id).isEqualTo(!loan.isOpen());
            boolean unused = handle.getAutoCommit();
            assertThat(loan.end).as("%s can be used", loan.id).isEqualTo(End.NOT_YET);
        } catch (SQLException e) {
            assertThat(loan.end).as("%s cannot be used: %s", loan.id, e).isNotEqualTo(End.NOT_YET);
            assertThat(e.getSQLState()).isEqualTo("08003");
            assertThat(e.getMessage().contains("has taken this connection back"))
                    .as(e.getMessage())
                    .isEqualTo(loan.end == End.RECLAIMED);
        }
    }

    /** Everybody gives back what can be given back. */
    @Override
    public void close() {
        for (Person person : people) {
            person.close();
        }
        desk.close();
    }

    /** Drops what is taken back. */
    private static final class Evicting implements PoolControl {
        @Override
        public int total() {
            return SESSIONS;
        }

        @Override
        public int active() {
            return -1;
        }

        @Override
        public int idle() {
            return -1;
        }

        @Override
        public int waiting() {
            return 0;
        }

        @Override
        public int max() {
            return SESSIONS;
        }

        @Override
        public Duration callersLimit() {
            return Duration.ofSeconds(30);
        }

        @Override
        public void evict(Connection connection) {
            ((Inner) connection).evict();
        }
    }
}
