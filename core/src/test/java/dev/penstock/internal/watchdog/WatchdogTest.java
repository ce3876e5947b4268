package dev.penstock.internal.watchdog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.PenstockConfig;
import dev.penstock.PenstockListener;
import dev.penstock.PenstockListener.Enforcement;
import dev.penstock.SessionLimit;
import dev.penstock.SessionSettings;
import dev.penstock.internal.events.Listeners;
import dev.penstock.internal.session.CancelOutcome;
import dev.penstock.internal.session.Session;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What is enforced when, in single scenes on virtual time; {@link WatchProperties} plays the others. */
class WatchdogTest {
    private static final Duration TICK = Duration.ofMillis(50);

    /** After a statement has begun: its limit of 2 s, a quarter of the grace, and two ticks. */
    private static final long CANCEL_IS_DUE = 2_350;

    private final AtomicLong now = new AtomicLong(1_000_000_007L);
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final List<String> told = new ArrayList<>();

    /** What becomes of cancel requests, and what happens meanwhile. */
    private final Queue<Sent> script = new ArrayDeque<>();

    private final List<Session> cancelled = new ArrayList<>();
    private final ScriptedSession a = new ScriptedSession(1, now::get);

    private interface Sent {
        CancelOutcome outcome();
    }

    private Watchdog watchdog(Consumer<SessionSettings.Builder> limits) {
        PenstockConfig config = PenstockConfig.builder()
                .session(session -> limits.accept(session.grace(Duration.ofSeconds(1))))
                .build();
        return new Watchdog(
                "world",
                config.session(),
                new Listeners(List.of(new PenstockListener() {
                    @Override
                    public void timeoutEnforced(TimeoutEnforced event) {
                        told.add(event.by() + " " + event.limit());
                    }
                })),
                tasks::add,
                this::cancel,
                now::get,
                null);
    }

    private Watchdog watchdogOfStatements() {
        Watchdog watchdog = watchdog(session -> session.statementTimeout(Duration.ofSeconds(2)));
        watchdog.opened(a.session);
        return watchdog;
    }

    private CancelOutcome cancel(Session session) throws SQLException {
        cancelled.add(session);
        Sent sent = script.poll();
        return sent == null ? CancelOutcome.NOT_SENT : sent.outcome();
    }

    private void pass(Watchdog watchdog, long millis) {
        pass(watchdog, millis, this::runTasks);
    }

    /** No thread has time for a cancel request. */
    private void passWithoutTasks(Watchdog watchdog, long millis) {
        pass(watchdog, millis, () -> {});
    }

    private void pass(Watchdog watchdog, long millis, Runnable afterEachTick) {
        for (long left = Duration.ofMillis(millis).toNanos(); left > 0; left -= TICK.toNanos()) {
            now.addAndGet(Math.min(left, TICK.toNanos()));
            watchdog.sweep(now.get());
            afterEachTick.run();
        }
    }

    private void runTasks() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    // ---- a transaction that was given a limit of its own ----------------------------------------

    private Watchdog watchdogOfTransactions() {
        Watchdog watchdog = watchdog(session -> session.transactionTimeout(Duration.ofSeconds(10)));
        watchdog.opened(a.session);
        return watchdog;
    }

    private void beginTransactionAndIdle() {
        a.wire.asks();
        a.inTransaction = true;
        a.wire.answers();
    }

    /** Also while nothing runs in it. */
    @Test
    void aTransactionIsHeldToTheTimeoutThatItWasGiven() {
        Watchdog watchdog = watchdogOfTransactions();
        a.transactionTimeout = Duration.ofSeconds(2).toNanos();
        watchdog.hurry(a.session);
        beginTransactionAndIdle();
        pass(watchdog, 2_900);
        assertThat(a.isOver()).isFalse();
        pass(watchdog, 400);

        assertThat(told).containsExactly("ABORTED TRANSACTION");
        assertThat(a.wire.socket().isOver()).isTrue();
    }

    @Test
    void aTimeoutThatIsWiderThanThePoolsChangesNothing() {
        Watchdog watchdog = watchdogOfTransactions();
        a.transactionTimeout = Duration.ofSeconds(60).toNanos();
        watchdog.hurry(a.session);
        beginTransactionAndIdle();
        pass(watchdog, 10_900);
        assertThat(a.isOver()).isFalse();
        pass(watchdog, 400);

        assertThat(told).containsExactly("ABORTED TRANSACTION");
    }

    @Test
    void aTimeoutThatWasTakenBackCountsNoMore() {
        Watchdog watchdog = watchdogOfTransactions();
        a.transactionTimeout = Duration.ofSeconds(2).toNanos();
        watchdog.hurry(a.session);
        beginTransactionAndIdle();
        pass(watchdog, 1_500);
        a.transactionTimeout = Limits.NEVER;
        pass(watchdog, 7_500);

        assertThat(told).isEmpty();
    }

    /** Zero is a limit of the pool's, and none. */
    @Test
    void aPoolWithoutLimitsHoldsATransactionToItsTimeoutAllTheSame() {
        Watchdog watchdog = watchdog(session -> session.transactionTimeout(Duration.ZERO));
        a.transactionTimeout = Duration.ofSeconds(2).toNanos();
        watchdog.hurry(a.session);
        beginTransactionAndIdle();
        pass(watchdog, 3_300);

        assertThat(told).containsExactly("ABORTED TRANSACTION");
    }

    // ---- a statement ----------------------------------------------------------------------------

    @Test
    void aStatementIsCancelledAQuarterOfTheGraceAfterItsLimitAndItsSocketClosedAfterAllOfIt() {
        Watchdog watchdog = watchdogOfStatements();
        script.add(() -> CancelOutcome.NOT_SENT);
        a.wire.asks();
        pass(watchdog, 2_200);
        assertThat(cancelled).isEmpty();
        pass(watchdog, 150);
        assertThat(cancelled).hasSize(1);
        pass(watchdog, 600);
        assertThat(a.isOver()).isFalse();
        pass(watchdog, 150);

        assertThat(a.isOver()).isTrue();
        assertThat(told).containsExactly("ABORTED STATEMENT");
        assertThat(watchdog.enforced(Enforcement.ABORTED, SessionLimit.STATEMENT))
                .isEqualTo(1);
        assertThat(watchdog.cancelsFailed()).isEqualTo(1);
    }

    @Test
    void aCancelThatHelpsIsToldOnceAndTheSessionGoesOn() {
        Watchdog watchdog = watchdogOfStatements();
        script.add(() -> CancelOutcome.DELIVERED);
        a.wire.asks();
        pass(watchdog, CANCEL_IS_DUE);
        a.wire.answers();
        pass(watchdog, 5_000);

        assertThat(a.isOver()).isFalse();
        assertThat(a.isFree()).isTrue();
        assertThat(told).containsExactly("CANCELLED STATEMENT");
        assertThat(watchdog.cancelsDelivered()).isEqualTo(1);
    }

    /** The pool, or its user, has closed it because of the cancel. */
    @Test
    void aCancelThatHelpsIsToldThoughTheConnectionIsClosedAtOnce() {
        Watchdog watchdog = watchdogOfStatements();
        script.add(() -> CancelOutcome.DELIVERED);
        a.wire.asks();
        pass(watchdog, CANCEL_IS_DUE);
        a.wire.answers();
        a.closed = true;
        pass(watchdog, 2_000);

        assertThat(told).containsExactly("CANCELLED STATEMENT");
    }

    /** The server has cancelled the statement, and takes its time to end the stream of the request. */
    @Test
    void aCancelThatHelpsIsToldThoughItsEndComesLate() {
        Watchdog watchdog = watchdogOfStatements();
        script.add(() -> {
            a.wire.answers();
            passWithoutTasks(watchdog, 500);
            return CancelOutcome.DELIVERED;
        });
        a.wire.asks();
        pass(watchdog, CANCEL_IS_DUE);
        pass(watchdog, 2_000);

        assertThat(a.isOver()).isFalse();
        assertThat(told).containsExactly("CANCELLED STATEMENT");
    }

    @Test
    void aCancelThatGotLostEndsTheSessionBecauseItMayStillArrive() {
        Watchdog watchdog = watchdogOfStatements();
        script.add(() -> CancelOutcome.LOST);
        a.wire.asks();
        pass(watchdog, CANCEL_IS_DUE);

        assertThat(a.isOver()).isTrue();
        pass(watchdog, 2_000);
        assertThat(told).containsExactly("ABORTED STATEMENT");
    }

    /** It has waited for a thread; the statement was over, and the next one runs. */
    @Test
    void aRequestThatComesTooLateIsDropped() {
        Watchdog watchdog = watchdogOfStatements();
        a.wire.asks();
        passWithoutTasks(watchdog, CANCEL_IS_DUE);
        assertThat(tasks).hasSize(1);
        a.wire.answers();
        a.wire.asks();
        runTasks();

        assertThat(cancelled).isEmpty();
    }

    /** The same, and nothing runs: nobody must wait for a cancel request that has nothing to cancel. */
    @Test
    void soIsOneThatFindsTheStatementOver() {
        Watchdog watchdog = watchdogOfStatements();
        a.wire.asks();
        passWithoutTasks(watchdog, CANCEL_IS_DUE);
        a.wire.answers();
        now.addAndGet(Duration.ofMillis(200).toNanos());
        runTasks();

        assertThat(cancelled).isEmpty();
        assertThat(a.isFree()).isTrue();
    }

    /** Between its borrower's statement and his return there was no time for a look. */
    @Test
    void whoHasBorrowedTheSessionSinceLosesNothing() {
        Watchdog watchdog = watchdogOfStatements();
        a.borrow(null);
        a.wire.asks();
        pass(watchdog, 2_300);
        assertThat(cancelled).hasSize(1);
        pass(watchdog, 690);
        a.wire.answers();
        a.giveBack();
        a.borrow(null);
        pass(watchdog, 2_000);

        assertThat(a.isOver()).isFalse();
        assertThat(told).isEmpty();
    }

    @Test
    void norDoesHeMeetACancelRequestOfTheOneBefore() {
        Watchdog watchdog = watchdogOfStatements();
        a.borrow(null);
        a.wire.asks();
        passWithoutTasks(watchdog, CANCEL_IS_DUE);
        a.wire.answers();
        a.giveBack();
        a.borrow(null);
        runTasks();

        assertThat(cancelled).isEmpty();
    }

    @Test
    void afterAStandstillACancelHasItsTimeAgain() {
        Watchdog watchdog = watchdogOfStatements();
        script.add(() -> CancelOutcome.DELIVERED);
        a.wire.asks();
        pass(watchdog, CANCEL_IS_DUE);
        assertThat(cancelled).hasSize(1);
        now.addAndGet(Duration.ofSeconds(10).toNanos());
        watchdog.stoodStill(now.get());
        watchdog.sweep(now.get());
        assertThat(a.isOver()).isFalse();
        a.wire.answers(); // it was there all the time; now there is somebody to read it
        pass(watchdog, 2_000);

        assertThat(a.isOver()).isFalse();
        assertThat(told).containsExactly("CANCELLED STATEMENT");
    }

    // ---- an idle session ------------------------------------------------------------------------

    @Test
    void anIdleSessionIsEndedInThePoolAndOnLoan() {
        for (boolean onLoan : new boolean[] {false, true}) {
            ScriptedSession idle = new ScriptedSession(2, now::get);
            Watchdog watchdog = watchdog(session -> session.idleSessionTimeout(Duration.ofSeconds(5)));
            watchdog.opened(idle.session);
            if (onLoan) {
                idle.borrow(null);
            }
            pass(watchdog, 5_950);
            assertThat(idle.isOver()).isFalse();
            pass(watchdog, 100);
            assertThat(idle.isOver()).isTrue();
            assertThat(idle.mustNotBeLent).isEqualTo(!onLoan);
        }
    }

    /** The pool has lent it in the last moment, without a word to the server. */
    @Test
    void whoHasJustBorrowedAnIdleSessionHasTimeToUseIt() {
        Watchdog watchdog = watchdog(session -> session.idleSessionTimeout(Duration.ofSeconds(5)));
        watchdog.opened(a.session);
        pass(watchdog, 5_950);
        a.borrow(null);
        pass(watchdog, 500);
        assertThat(a.isOver()).isFalse();
        a.wire.asks();
        a.wire.answers();
        pass(watchdog, 5_900);

        assertThat(a.isOver()).isFalse();
    }

    // ---- limits that change ---------------------------------------------------------------------

    @Test
    void whoeverComesAfterALeaseWithoutLimitsHasThemAgain() {
        Watchdog watchdog = watchdogOfStatements();
        a.borrow(Limits.NONE);
        watchdog.hurry(a.session);
        pass(watchdog, 500);
        a.giveBack();
        a.borrow(null);
        a.wire.asks();
        pass(watchdog, 3_200);

        assertThat(a.isOver()).isTrue();
    }

    @Test
    void evenIfHeComesLong() {
        Watchdog watchdog = watchdogOfStatements();
        a.borrow(new Limits(Duration.ofHours(1).toNanos(), Limits.NEVER, Limits.NEVER, Limits.NEVER));
        watchdog.hurry(a.session);
        pass(watchdog, 20_000);
        a.giveBack();
        a.borrow(null);
        a.wire.asks();
        pass(watchdog, 3_200);

        assertThat(a.isOver()).isTrue();
    }

    // ---- many of them ---------------------------------------------------------------------------

    @Test
    void fiveHundredThatStallAtOnceAreAllFreedInTime() {
        Watchdog watchdog = watchdog(session -> session.statementTimeout(Duration.ofSeconds(2)));
        List<ScriptedSession> all = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            ScriptedSession one = new ScriptedSession(i + 1, now::get);
            all.add(one);
            watchdog.opened(one.session);
            one.wire.asks();
        }
        passWithoutTasks(watchdog, 3_050); // not one cancel request gets anywhere

        assertThat(all).allMatch(ScriptedSession::isOver);
        assertThat(watchdog.enforced(Enforcement.ABORTED, SessionLimit.STATEMENT))
                .isEqualTo(500);
    }
}
