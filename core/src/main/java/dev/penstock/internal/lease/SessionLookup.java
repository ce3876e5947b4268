package dev.penstock.internal.lease;

import dev.penstock.internal.events.Notices;
import dev.penstock.internal.session.Session;
import dev.penstock.internal.session.Sessions;
import java.sql.Connection;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Which session a connection of the pool's is. Thread-safe. */
final class SessionLookup {
    /** A pool whose connections do not let go of the driver's costs two exceptions per borrow: not for ever. */
    private static final int MOST_REFUSALS = 16;

    /** Borrows. */
    private static final int ASK_AGAIN = 4_096;

    private final String pool;
    private final Sessions sessions;
    private final AtomicBoolean saidForeign = new AtomicBoolean();

    /** Connections that are not pgjdbc's, or do not say so; races do no harm. */
    private int refusals;

    private int unasked;

    SessionLookup(String pool, Sessions sessions) {
        this.pool = pool;
        this.sessions = sessions;
    }

    /** Null if it is not one of pgjdbc's, or does not say so. */
    @Nullable Session of(Connection lent) {
        if (refusals >= MOST_REFUSALS && ++unasked % ASK_AGAIN != 0) {
            return null;
        }
        Session session = sessions.find(lent);
        if (session == null) {
            return foreign(lent);
        }
        if (refusals != 0) {
            refusals = 0;
        }
        return session;
    }

    /** Not made by the connector below, if the pool draws from another source. */
    private @Nullable Session foreign(Connection lent) {
        if (!sessions.areOfStrangers() && !saidForeign.getAndSet(true)) {
            Notices.foreignPool(pool);
        }
        Session adopted = sessions.adopt(lent);
        refusals = adopted == null ? refusals + 1 : 0;
        return adopted;
    }
}
