package dev.penstock.internal.lease;

import dev.penstock.internal.time.Ticker;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Decides which borrows have their stack captured. While nothing is suspect: so many per second, whatever the
 * throughput. After a suspicion, for a while: every one, as far as its share of one core suffices. Both are a number of
 * captures that the sweeper grants from sweep to sweep: a borrow reads one field, and no clock. Thread-safe.
 */
final class StackSampler {
    static final Duration ARMED_FOR = Duration.ofMinutes(10);

    private static final long SECOND = 1_000_000_000L;
    /** 1 / 2 % of a core. */
    private static final long SHARE = 50;
    /** What a capture is taken to cost at least, and at most: a thread may be suspended in it. */
    private static final long LEAST = 500;

    private static final long MOST = Duration.ofMillis(1).toNanos();
    /** A sweep that comes late grants no more than one in time. */
    private static final long LONGEST_GRANT = SECOND;
    /** One that comes early would take away more than it grants. */
    private static final long SHORTEST_GRANT = LeaseDesk.TICK.toNanos() / 2;

    private static final VarHandle GRANTED = granted();

    private final Ticker ticker;
    private final int perSecond;

    /** Captures that may be made until the next grant. */
    @SuppressWarnings("UnusedVariable") // through GRANTED
    private int granted;

    private volatile boolean all;

    /** Smoothed cost of a capture in nanoseconds. */
    private volatile long cost = 5_000;

    // by the sweeper's thread
    private boolean armed;
    private long armedUntil;
    private long grantedAt;
    /** Parts of a capture that are left over, in nanoseconds times captures per second. */
    private long rest;

    /** Grants half a second's worth to begin with. */
    StackSampler(int perSecond, Ticker ticker) {
        this.ticker = ticker;
        this.perSecond = perSecond;
        this.granted = (perSecond + 1) / 2;
        this.grantedAt = ticker.nanos();
    }

    /** The stack of the calling thread, if it is to be captured. */
    @Nullable BorrowStack sample() {
        return (int) GRANTED.getOpaque(this) > 0 ? capture() : null;
    }

    private @Nullable BorrowStack capture() {
        if (!all && (int) GRANTED.getAndAdd(this, -1) <= 0) {
            return null; // others have taken the last
        }
        long begun = ticker.nanos();
        BorrowStack stack = new BorrowStack(begun);
        long took = Math.min(Math.max(ticker.nanos() - begun, LEAST), MOST);
        long before = cost;
        cost = before + (took - before) / 8;
        return stack;
    }

    // ---- by the sweeper -------------------------------------------------------------------------

    /** Grants what has become due since the last time. What was not used by then is lost. */
    void grant(long now) {
        long since = Math.min(now - grantedAt, LONGEST_GRANT);
        if (since < SHORTEST_GRANT) {
            return;
        }
        grantedAt = now;
        if (!all) {
            GRANTED.setOpaque(this, isArmed(now) ? affordable(since) : due(since));
        }
        if (all) {
            GRANTED.setOpaque(this, Integer.MAX_VALUE); // also if it was asked for this moment
        }
    }

    private boolean isArmed(long now) {
        armed = armed && now - armedUntil < 0;
        return armed;
    }

    private int affordable(long since) {
        return (int) (since / SHARE / cost);
    }

    private int due(long since) {
        long worth = rest + since * perSecond;
        int left = Math.max(0, (int) GRANTED.getOpaque(this));
        rest = worth % SECOND;
        // one at least stays granted: less than one in a sweep must not be lost
        return (int) (worth / SECOND) + (worth < SECOND ? Math.min(left, 1) : 0);
    }

    /** Something is suspect: from now on every borrow, for a while. */
    void arm(long now) {
        if (perSecond == 0) {
            return;
        }
        if (!isArmed(now) && !all) {
            GRANTED.setOpaque(this, affordable(SECOND / 2));
        }
        armedUntil = now + ARMED_FOR.toNanos();
        armed = true;
    }

    // ---- by anybody -----------------------------------------------------------------------------

    /** Whether it is to capture every one whatever that costs: for tests of applications. */
    void captureAll(boolean on) {
        all = on;
        GRANTED.setVolatile(this, on ? Integer.MAX_VALUE : 0);
    }

    private static VarHandle granted() {
        try {
            return MethodHandles.lookup().findVarHandle(StackSampler.class, "granted", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
