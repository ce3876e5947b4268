package dev.penstock.internal.lease;

import dev.penstock.SessionLimit;
import dev.penstock.SessionSettings;
import dev.penstock.SessionTimeouts;
import dev.penstock.internal.server.ServerSide;
import dev.penstock.internal.server.SetLocal;
import dev.penstock.internal.server.Widened;
import dev.penstock.internal.session.Session;
import dev.penstock.internal.watchdog.Limits;
import dev.penstock.internal.watchdog.Watchdog;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;

/**
 * What leases are held to that differ from the others, on the client and on the server; and that nothing of it is handed
 * on to the next borrower. Thread-safe.
 */
final class LeaseLimits {
    private final SessionTimeouts poolsOwn;
    private final List<String> exempt;
    private final @Nullable Watchdog watchdog;
    private final boolean setsLocal;
    private final SetLocal usualLocal;

    /** Whoever migrates borrows again and again, in one thread; null while nobody does. */
    private volatile @Nullable Thread migrating;

    LeaseLimits(SessionSettings settings, @Nullable Watchdog watchdog) {
        this.poolsOwn = settings.timeouts();
        this.exempt = settings.exempt().stream().map(name -> name + ".").toList();
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
        return migrating != null;
    }

    // ---- at the begin of a lease ----------------------------------------------------------------

    /**
     * Arranges what this lease is held to; null if that fails: nobody must have the connection.
     */
    @Nullable LeasedConnection arrange(LeasedConnection handle, Session session) {
        Slot slot = handle.slot();
        try {
            if (!session.awaitFree()) {
                throw new SQLException("a limit of whoever had it before has ended it", "08003");
            }
            undo(slot); // of a lease that ended without its borrower
            if (!handle.terms().wanted().isEmpty()) {
                hold(slot, session, handle.terms().wanted(), handle.terms().limits());
            } else if (migrating == Thread.currentThread() && isMigrating()) {
                hold(slot, session, SessionTimeouts.unlimited(), Limits.NONE);
            }
            return handle;
        } catch (SQLException | RuntimeException e) {
            boolean unused = slot.giveBack(handle);
            slot.sessionEnded();
            session.abort();
            return null;
        }
    }

    private void hold(Slot slot, Session session, SessionTimeouts wanted, @Nullable Limits limits) throws SQLException {
        if (limits != null) {
            slot.arrange(new Arrangement(limits, widen(session, wanted)));
        }
        if (watchdog != null) {
            watchdog.hurry(session);
        }
    }

    /** On the server, where the session is the server's own; what is tighter than the pool's the client enforces. */
    private Arrangement.Undo widen(Session session, SessionTimeouts wanted) throws SQLException {
        BaseConnection connection = session.connection();
        Map<SessionLimit, Long> wider = wider(session.side(), wanted);
        if (connection == null || wider.isEmpty() || !session.side().direct() || session.inTransaction()) {
            return Arrangement.Undo.NOTHING;
        }
        return Widened.widen(connection, wider)::restore;
    }

    private static Map<SessionLimit, Long> wider(ServerSide side, SessionTimeouts wanted) {
        Map<SessionLimit, Long> wider = new EnumMap<>(SessionLimit.class);
        side.limits().forEach((limit, inForce) -> {
            Duration value = wanted.get(limit);
            if (value != null && isWider(value.toMillis(), inForce)) {
                wider.put(limit, value.toMillis());
            }
        });
        return wider;
    }

    /** Zero is no limit. */
    private static boolean isWider(long one, long other) {
        return other != 0 && (one == 0 || one > other);
    }

    // ---- at the begin of a transaction ----------------------------------------------------------

    /** Whether transactions begin with SET LOCAL where a pooler carries everything else to other clients. */
    boolean setsLocal() {
        return setsLocal;
    }

    /** A statement is about to be made: if it is to begin a transaction, that has its limits first. */
    void beginTransaction(LeasedConnection handle) throws SQLException {
        Session session = handle.slot().session();
        if (session == null
                || !session.side().behindTransactionPooler()
                || !handle.slot().isHeldBy(handle)) {
            return; // after its end the session is another's
        }
        BaseConnection connection = session.connection();
        if (connection != null && handle.terms().limits() == null) {
            boolean unused = usualLocal.begin(connection);
        } else if (connection != null) {
            boolean unused =
                    SetLocal.of(millis(handle.terms().wanted().over(poolsOwn))).begin(connection);
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
            if (session.awaitFree()) {
                undo(slot);
                return true;
            }
        } catch (SQLException | RuntimeException e) {
            session.abort(); // what it is held to is not known
        }
        slot.arrange(null);
        slot.sessionEnded();
        return false;
    }

    private static void undo(Slot slot) throws SQLException {
        Arrangement made = slot.arrangement();
        if (made != null) {
            made.undo().run();
            slot.arrange(null);
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
        if (session != null && hasUsualLimits && slot.isHeldBy(handle) && isMigrating()) {
            migrating = Thread.currentThread();
            hold(slot, session, SessionTimeouts.unlimited(), Limits.NONE);
        }
    }

    /** In the calling thread; if not, nobody does any more. */
    private boolean isMigrating() {
        boolean does = !exempt.isEmpty()
                && StackWalker.getInstance().walk(frames -> frames.anyMatch(frame -> isExempt(frame.getClassName())));
        if (!does && migrating == Thread.currentThread()) {
            migrating = null;
        }
        return does;
    }

    private boolean isExempt(String className) {
        return exempt.stream().anyMatch(className::startsWith);
    }
}
