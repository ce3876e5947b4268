package dev.penstock;

import java.time.Duration;
import javax.sql.DataSource;

/** A pool as one kind of borrower sees it, batches or reports for example: the same connections on other terms. */
public interface PenstockView extends DataSource {
    /**
     * The same for work that holds a connection for longer than usual: its borrowers are suspect after that instead of
     * {@code leases.suspectAfter}, and not taken back by {@code leases.reclaim=after(…)} before.
     *
     * @param hold more than zero
     * @throws IllegalArgumentException if it is not
     */
    PenstockView expectingHold(Duration hold);

    /**
     * The same with other limits; what they do not set stays as it is here. A limit that is tighter than the pool's is
     * enforced by the client alone. One that is wider, or that the pool does not set, is also set on the server, where
     * the session is known to be the server's own (no pooler in between; not known while the pool has no limit at all):
     * one round trip when a connection is borrowed and one when it is given back, which ends an open transaction and
     * sets the values that were there before; each has 5 s. If the server refuses to widen, what
     * it has stays in force, and the log says so; a connection whose values cannot be set back is dropped by the pool.
     *
     * @throws InvalidSettingException if they are not in order together with those that stay, or {@code
     *     leases.detection} is false and the pool has no limits of its own: nobody looks
     */
    PenstockView withTimeouts(SessionTimeouts limits);
}
