package dev.penstock.internal.lease;

import dev.penstock.SessionLimit;
import dev.penstock.internal.server.SetLocal;
import dev.penstock.internal.watchdog.Limits;
import java.util.Map;

/**
 * Limits that a borrower has of his own, and what is said to servers for them: worked out once, not with each borrow.
 *
 * @param limits what the client holds his sessions to
 * @param wider those that are wider than the pool's, or that it does not set, in milliseconds
 * @param local what his transactions begin with behind a pooler
 */
record OwnLimits(Limits limits, Map<SessionLimit, Long> wider, SetLocal local) {
    /** Copies the wider ones. */
    OwnLimits {
        wider = Map.copyOf(wider);
    }
}
