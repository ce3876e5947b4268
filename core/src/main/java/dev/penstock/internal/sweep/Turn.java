package dev.penstock.internal.sweep;

import dev.penstock.internal.events.Guarded;
import java.lang.ref.WeakReference;
import java.time.Duration;

/**
 * When it is a pool's turn to be swept. Most ticks are nobody's turn: they fetch this from memory, and nothing of the
 * pool. For the sweeper's thread alone, but for {@link #hurry}.
 */
public final class Turn extends WeakReference<Swept> {
    private final Duration tick;
    private long at;

    /** Whether it cannot wait until then. */
    private volatile boolean hurried;

    /** Of this pool, at once. */
    public Turn(Swept swept, long now) {
        super(swept);
        this.tick = swept.tick();
        this.at = now;
    }

    /** It is its turn at the next tick; for everybody. */
    public void hurry() {
        hurried = true;
    }

    /** The JVM stood still until now. */
    void stoodStill(long now) {
        Swept swept = get();
        if (swept != null) {
            swept.stoodStill(now);
        }
    }

    /** How late it may come. */
    Duration tick() {
        return tick;
    }

    /** Sweeps if it is its turn; false if the pool was collected. */
    public boolean tick(long now) {
        if (now - at < 0 && !hurried) {
            return true;
        }
        hurried = false;
        Swept swept = get();
        if (swept == null) {
            return false;
        }
        at = now + swept.longestPause(); // whatever goes wrong now
        try {
            Guarded.run(swept.name(), swept.task(), () -> at = now + swept.sweep(now));
        } catch (Throwable logIsBroken) {
            // or there is no memory: nobody is left to tell, and the next sweep comes all the same
        }
        return true;
    }
}
