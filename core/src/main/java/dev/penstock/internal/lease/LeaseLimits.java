package dev.penstock.internal.lease;

import dev.penstock.PoolerMode;
import dev.penstock.SessionLimit;
import dev.penstock.SessionSettings;
import dev.penstock.SessionTimeouts;
import dev.penstock.internal.events.Notices;
import dev.penstock.internal.server.SetLocal;
import dev.penstock.internal.server.Widened;
import dev.penstock.internal.session.Session;
import dev.penstock.internal.time.Deadline;
import dev.penstock.internal.time.Ticker;
import dev.penstock.internal.watchdog.Limits;
import dev.penstock.internal.watchdog.Watchdog;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.util.PSQLException;

/**
 * What leases are held to that differ from the others, on the client and on the server; and that nothing of it is
 * handed on to the next borrower. Thread-safe.
 */
final class LeaseLimits {
    private final String pool;
    private final PoolerMode mode;
    private final SessionTimeouts poolsOwn;
    private final @Nullable Watchdog watchdog;
    private final boolean setsLocal;
    private final SetLocal usualLocal;

    /** Of whoever migrates: none at all. */
    private final OwnLimits exempt;

    private final AtomicBoolean saidNotWidened = new AtomicBoolean();
    private final AtomicBoolean saidNotSettled = new AtomicBoolean();
    private final AtomicBoolean saidInCopy = new AtomicBoolean();
    private final Migrations migrations;

    private boolean inUse;

    LeaseLimits(String pool, SessionSettings settings, @Nullable Watchdog watchdog, Ticker ticker) {
        this.pool = pool;
        this.mode = settings.pooler();
        this.poolsOwn = settings.timeouts();
        this.migrations = new Migrations(settings.exempt(), ticker);
        this.watchdog = watchdog;
        this.setsLocal = settings.setLocal();
        this.inUse = !poolsOwn.isEmpty();
        this.usualLocal = SetLocal.of(millis(poolsOwn));
        this.exempt = new OwnLimits(Limits.NONE, wider(SessionTimeouts.unlimited()), SetLocal.of(Map.of()));
    }

    /** What is done for a borrower who asks for these; null if he asks for none. */
    @Nullable OwnLimits own(SessionTimeouts wanted) {
        if (wanted.isEmpty()) {
            return null;
        }
        SessionTimeouts all = wanted.over(poolsOwn);
        return new OwnLimits(Limits.of(all), wider(wanted), SetLocal.of(millis(all)));
    }

    /** What is wider than the pool's, or not set by it. */
    private Map<SessionLimit, Long> wider(SessionTimeouts wanted) {
        Map<SessionLimit, Long> wider = millis(wanted);
        wider.entrySet().removeIf(limit -> {
            Duration usual = poolsOwn.get(limit.getKey());
            return usual != null && !isWider(limit.getValue(), usual.toMillis());
        });
        return wider;
    }

    /** Zero is no limit. */
    private static boolean isWider(long one, long other) {
        return other != 0 && (one == 0 || one > other);
    }

    private static Map<SessionLimit, Long> millis(SessionTimeouts timeouts) {
        Map<SessionLimit, Long> millis = new EnumMap<>(SessionLimit.class);
        for (SessionLimit limit : SessionLimit.values()) {
            Duration value = timeouts.get(limit);
            if (value != null) {
                millis.put(limit, value.toMillis());
            }
        }
        return millis;
    }

    /**
     * Whether anybody has limits, or has had some. Not volatile: whoever borrows a session that was held to something
     * takes its slot after the one who had it, and who has written this before.
     */
    boolean areInUse() {
        return inUse;
    }

    /** Whether whoever borrows now may have no limits; one volatile read. */
    boolean someBorrowersAreExempt() {
        return migrations.areUnderWay();
    }

    // ---- at the begin of a lease ----------------------------------------------------------------

    /** Arranges what this lease is held to; null if that fails: nobody must have the connection. */
    @Nullable LeasedConnection arrange(LeasedConnection handle, Session session) {
        return session.awaitFree() && isArranged(handle, session) ? handle : dropped(handle, session);
    }

    private boolean isArranged(LeasedConnection handle, Session session) {
        Slot slot = handle.slot();
        OwnLimits own = handle.terms().own();
        try {
            undo(slot, session); // of a lease that ended without its borrower
            if (own != null) {
                inUse = true;
                hold(slot, session, own);
            } else if (!poolsOwn.isEmpty() && migrations.goOnHere()) {
                hold(slot, session, exempt);
            }
            return true;
        } catch (SQLException | RuntimeException e) {
            tell(session, "when the limits of a borrower were to be set", e);
            return false;
        }
    }

    /** What a limit has ended, then or before, was told when that happened. */
    private void tell(Session session, String when, Exception why) {
        if (!session.wasEnded() && !saidNotSettled.getAndSet(true)) {
            Notices.limitsNotSettled(pool, when, why);
        }
    }

    private @Nullable LeasedConnection dropped(LeasedConnection handle, Session session) {
        boolean unused = handle.slot().giveBack(handle);
        drop(handle.slot(), session);
        return null;
    }

    private static void drop(Slot slot, Session session) {
        session.abort();
        slot.arrange(null);
        slot.sessionEnded();
    }

    /** A session that two borrowers share, as under JTA, keeps the usual limits: one cannot undo the other's. */
    private void hold(Slot slot, Session session, OwnLimits own) throws SQLException {
        if (slot.isSpare()) {
            return;
        }
        slot.arrange(new Arrangement(Limits.OF_A_ROUND_TRIP, Arrangement.Undo.IMPOSSIBLE));
        hurry(session);
        slot.arrange(new Arrangement(own.limits(), widen(session, own.wider())));
        hurry(session);
    }

    /** On the server, where the session is the server's own; what is tighter than the pool's the client enforces. */
    private Arrangement.Undo widen(Session session, Map<SessionLimit, Long> wider) throws SQLException {
        BaseConnection connection = session.connection();
        if (connection == null || wider.isEmpty() || !session.side().direct() || session.inTransaction()) {
            return Arrangement.Undo.NOTHING;
        }
        try {
            return Widened.widen(connection, mode, wider)::restore;
        } catch (SQLException e) {
            boolean saidByTheServer = e instanceof PSQLException said && said.getServerErrorMessage() != null;
            if (session.isOver()
                    || !saidByTheServer
                    || String.valueOf(e.getSQLState()).startsWith("08")) {
                throw e; // what the session has now is not known
            }
            if (!saidNotWidened.getAndSet(true)) {
                Notices.notWidened(pool, e);
            }
            return Arrangement.Undo.NOTHING; // the server has said no: then with the client's line alone
        }
    }

    private void hurry(Session session) {
        if (watchdog != null) {
            watchdog.hurry(session);
        }
    }

    // ---- at the begin of a transaction ----------------------------------------------------------

    /** Whether transactions begin with SET LOCAL where a pooler carries everything else to other clients. */
    boolean setsLocal() {
        return setsLocal;
    }

    /** A statement is about to be made: if it is to begin a transaction, that has its limits first. */
    void beginTransaction(LeasedConnection handle) throws SQLException {
        Slot slot = handle.slot();
        Session session = slot.session();
        if (session == null || !session.side().behindTransactionPooler() || !slot.isHeldBy(handle)) {
            return; // after its end the session is another's
        }
        BaseConnection connection = session.connection();
        if (connection == null || !session.beginsTransactions() || session.inTransaction()) {
            return;
        }
        OwnLimits own = handle.terms().own();
        boolean hasUsual = own == null && !slot.hasArrangement(); // who migrates has no limits
        if (own != null ? own.local().begin(connection) : hasUsual && usualLocal.begin(connection)) {
            slot.hasBegun(session.latestExchange());
        }
    }

    /** Holds what this lease has begun, or will begin, to so much; false if nobody would. */
    boolean limitTransaction(LeasedConnection handle, Duration limit) {
        Slot slot = handle.slot();
        Session session = slot.session();
        if (watchdog == null || poolsOwn.isEmpty() || session == null || !session.isVisible() || slot.isSpare()) {
            return false;
        }
        if (!slot.isHeldBy(handle)) {
            return false; // after its end the session is another's
        }
        slot.promise(handle, Math.min(Deadline.nanos(limit), Limits.NEVER));
        watchdog.hurry(session);
        return true;
    }

    /** Undoes it. */
    static void endTransactionLimit(LeasedConnection handle) {
        if (handle.slot().isHeldBy(handle)) {
            handle.slot().promise(handle, null);
        }
    }

    // ---- at its end -----------------------------------------------------------------------------

    /** Whether the session may be lent again; waits for what is being enforced on it, and undoes what was arranged. */
    boolean settle(Slot slot, Session session) {
        if (session.awaitFree() && isSettled(slot, session)) {
            return true;
        }
        drop(slot, session);
        return false;
    }

    private boolean isSettled(Slot slot, Session session) {
        if (session.isInCopy()) { // every call of the driver's waits for its end
            if (!session.isOver() && !saidInCopy.getAndSet(true)) {
                Notices.givenBackInCopy(pool);
            }
            return false;
        }
        boolean wasOver = session.isOver(); // then its borrower knows, and there is nothing to set back
        try {
            endTransactionOfOurs(slot, session);
            undo(slot, session);
            return true;
        } catch (SQLException | RuntimeException e) {
            if (!wasOver) {
                tell(session, "when the limits of a borrower were to be set back", e);
            }
            return false;
        }
    }

    /**
     * It was begun when a statement was made, and the pool knows only of those that were executed. One that was used
     * is not ours to end: a transaction manager may do so later.
     */
    private void endTransactionOfOurs(Slot slot, Session session) throws SQLException {
        BaseConnection connection = session.connection();
        boolean isUnused = setsLocal && slot.begun() != Slot.NOTHING_BEGUN && slot.begun() == session.latestExchange();
        if (isUnused && connection != null && session.inTransaction()) {
            Arrangement made = slot.arrangement();
            slot.arrange(
                    new Arrangement(Limits.OF_A_ROUND_TRIP, made == null ? Arrangement.Undo.NOTHING : made.undo()));
            hurry(session);
            connection.rollback();
            slot.arrange(made);
            hurry(session);
        }
        slot.hasBegun(Slot.NOTHING_BEGUN);
    }

    private void undo(Slot slot, Session session) throws SQLException {
        Arrangement made = slot.arrangement();
        if (made != null) {
            slot.arrange(new Arrangement(Limits.OF_A_ROUND_TRIP, made.undo()));
            hurry(session);
            made.undo().run();
            slot.arrange(null);
            hurry(session); // whoever has it next is held to the usual ones
        }
    }

    // ---- migrations -----------------------------------------------------------------------------

    /** Whoever migrates asks for the metadata of its first connection before anything else. */
    void exemptIfMigrating(LeasedConnection handle) throws SQLException {
        Slot slot = handle.slot();
        Session session = slot.session();
        boolean hasUsualLimits =
                !poolsOwn.isEmpty() && !slot.hasArrangement() && handle.terms().own() == null;
        if (session != null && hasUsualLimits && slot.isHeldBy(handle) && migrations.beginHere()) {
            hold(slot, session, exempt);
        }
    }
}
