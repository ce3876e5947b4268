package dev.penstock.internal.lease;

import dev.penstock.internal.events.Guarded;
import java.lang.ref.WeakReference;

/**
 * When it is a pool's turn to be swept. Most ticks are nobody's turn: they fetch this from memory, and nothing of the
 * pool. For the sweeper's thread alone.
 */
final class Turn extends WeakReference<LeaseDesk> {
    private long at;

    /** Of this pool, at once. */
    Turn(LeaseDesk desk, long now) {
        super(desk);
        this.at = now;
    }

    /** Sweeps if it is its turn; false if the pool was collected. */
    boolean tick(long now) {
        if (now - at < 0) {
            return true;
        }
        LeaseDesk desk = get();
        if (desk == null) {
            return false;
        }
        at = now + LeaseDesk.LONGEST_PAUSE; // whatever goes wrong now
        try {
            Guarded.run(desk.name(), "a sweep of its leases", () -> at = now + desk.sweep());
        } catch (Throwable logIsBroken) {
            // or there is no memory: nobody is left to tell, and the next sweep comes all the same
        }
        return true;
    }
}
