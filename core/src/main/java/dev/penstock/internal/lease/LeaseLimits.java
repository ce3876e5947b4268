package dev.penstock.internal.lease;

import dev.penstock.PoolerMode;
import dev.penstock.SessionLimit;
import dev.penstock.SessionSettings;
import dev.penstock.SessionTimeouts;
import dev.penstock.internal.events.Notices;
import dev.penstock.internal.server.SetLocal;
import dev.penstock.internal.server.Widened;
import dev.penstock.internal.session.Session;
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

/**
 * What leases are held to that differ from the others, on the client and on the server; and that nothing of it is handed
 * on to the next borrower. Thread-safe.
 */
final class LeaseLimits {
    private final String pool;
    private final PoolerMode mode;
    private final SessionTimeouts poolsOwn;
    private final @Nullable Watchdog watchdog;
    private final boolean setsLocal;
    private final SetLocal usualLocal;

    private final AtomicBoolean saidNotWidened = new AtomicBoolean();
    private final Migrations migrations;

    LeaseLimits(String pool, SessionSettings settings, @Nullable Watchdog watchdog, Ticker ticker) {
        this.pool = pool;
        this.mode = settings.pooler();
        this.poolsOwn = settings.timeouts();
        this.migrations = new Migrations(settings.exempt(), ticker);
        this.watchdog = watchdog;
        this.setsLocal = settings.setLocal();
        this.usualLocal = SetLocal.of(millis(poolsOwn));
    }

    /** Limits of the pool. */
    SessionTimeouts poolsOwn() {
        return poolsOwn;
    }

    /** Whether whoever borrows now may have no limits; one volatile read. */
    boolean someBorrowersAreExempt() {
        return migrations.areUnderWay();
    }

    // ---- at the begin of a lease ----------------------------------------------------------------

    /** Arranges what this lease is held to; null if that fails: nobody must have the connection. */
    @Nullable LeasedConnection arrange(LeasedConnection handle, Session session) {
        Slot slot = handle.slot();
        try {
            if (!session.awaitFree()) {
                throw new SQLException("a limit of whoever had it before has ended it", "08003");
            }
            undo(slot, session); // of a lease that ended without its borrower
            if (handle.terms().limits() != null) {
                hold(slot, session, handle.terms().wanted(), handle.terms().limits());
            } else if (!poolsOwn.isEmpty() && migrations.goOnHere()) {
                hold(slot, session, SessionTimeouts.unlimited(), Limits.NONE);
            }
            return handle;
        } catch (SQLException | RuntimeException e) {
            boolean unused = slot.giveBack(handle);
            slot.arrange(null);
            slot.sessionEnded();
            session.abort();
            return null;
        }
    }

    /** A session that two borrowers share, as under JTA, keeps the usual limits: one cannot undo the other's. */
    private void hold(Slot slot, Session session, SessionTimeouts wanted, Limits limits) throws SQLException {
        if (slot.isSpare()) {
            return;
        }
        slot.arrange(new Arrangement(Limits.OF_A_ROUND_TRIP, Arrangement.Undo.IMPOSSIBLE));
        hurry(session);
        slot.arrange(new Arrangement(limits, widen(session, wanted)));
        hurry(session);
    }

    /** On the server, where the session is the server's own; what is tighter than the pool's the client enforces. */
    private Arrangement.Undo widen(Session session, SessionTimeouts wanted) throws SQLException {
        BaseConnection connection = session.connection();
        Map<SessionLimit, Long> wider = wider(wanted);
        if (connection == null || wider.isEmpty() || !session.side().direct() || session.inTransaction()) {
            return Arrangement.Undo.NOTHING;
        }
        try {
            return Widened.widen(connection, mode, wider)::restore;
        } catch (SQLException e) {
            if (session.isOver() || String.valueOf(e.getSQLState()).startsWith("08")) {
                throw e;
            }
            if (!saidNotWidened.getAndSet(true)) {
                Notices.notWidened(pool, e);
            }
            return Arrangement.Undo.NOTHING; // the server has said no: then with the client's line alone
        }
    }

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
        if (handle.terms().limits() != null) {
            boolean unused =
                    SetLocal.of(millis(handle.terms().wanted().over(poolsOwn))).begin(connection);
        } else if (slot.arrangement() == null) { // who migrates has no limits
            boolean unused = usualLocal.begin(connection);
        }
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

    // ---- at its end -----------------------------------------------------------------------------

    /** Whether the session may be lent again; waits for what is being enforced on it, and undoes what was arranged. */
    boolean settle(Slot slot, Session session) {
        try {
            if (session.awaitFree() && !session.isInCopy()) { // in a COPY every call of the driver's waits for its end
                endTransactionOfOurs(session);
                undo(slot, session);
                return true;
            }
        } catch (SQLException | RuntimeException e) {
            // what it is held to is not known
        }
        session.abort();
        slot.arrange(null);
        slot.sessionEnded();
        return false;
    }

    /** It was begun when a statement was made, and the pool knows only of those that were executed. */
    private void endTransactionOfOurs(Session session) throws SQLException {
        BaseConnection connection = session.connection();
        if (setsLocal && connection != null && session.beginsTransactions() && session.inTransaction()) {
            connection.rollback();
        }
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
        boolean hasUsualLimits = !poolsOwn.isEmpty()
                && slot.arrangement() == null
                && handle.terms().limits() == null;
        if (session != null && hasUsualLimits && slot.isHeldBy(handle) && migrations.beginHere()) {
            hold(slot, session, SessionTimeouts.unlimited(), Limits.NONE);
        }
    }
}
