package dev.penstock.internal.lease;

import dev.penstock.internal.time.Ticker;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Decides which borrows have their stack captured. While nothing is suspect: so many per second, whatever the
 * throughput. After a suspicion, for a while: every one, as far as its share of one core suffices. Both are one
 * instant before which nothing is captured (the generic cell rate algorithm, ITU-T I.371): one comparison per borrow.
 * Thread-safe.
 */
final class StackSampler {
    static final Duration ARMED_FOR = Duration.ofMinutes(10);

    /** 1 / 2 % of a core. */
    private static final long SHARE = 50;
    /** Captures that were not needed may be made up for within this, so that bursts of borrows have theirs. */
    private static final long CREDIT = Duration.ofMillis(500).toNanos();
    /** What a capture is taken to cost at least, and at most: a thread may be suspended in it. */
    private static final long LEAST = 500;

    private static final long MOST = Duration.ofMillis(1).toNanos();
    private static final long NEVER = Duration.ofDays(36_500).toNanos();

    private static final VarHandle NEXT_AT = nextAt();

    private final Ticker ticker;
    /** Zero: none. */
    private final long interval;

    /** Ticker time. */
    @SuppressWarnings("UnusedVariable") // through NEXT_AT
    private long nextAt;

    private volatile boolean armed;
    private volatile long armedUntil;
    private volatile boolean all;

    /** Smoothed cost of a capture in nanoseconds. */
    private volatile long cost = 5_000;

    StackSampler(int perSecond, Ticker ticker) {
        this.ticker = ticker;
        this.interval = perSecond == 0 ? 0 : Duration.ofSeconds(1).toNanos() / perSecond;
        this.nextAt = ticker.nanos() + (perSecond == 0 ? NEVER : 0);
    }

    /** The stack of the calling thread, if it is to be captured. */
    @Nullable BorrowStack sample(long now) {
        return now - (long) NEXT_AT.getOpaque(this) >= 0 ? capture(now) : null;
    }

    private @Nullable BorrowStack capture(long now) {
        long next = (long) NEXT_AT.getVolatile(this);
        if (all) {
            return new BorrowStack();
        }
        // another thread has taken this one
        if (now - next < 0 || !NEXT_AT.compareAndSet(this, next, now + pause(now, next))) {
            return armed && now - (long) NEXT_AT.getVolatile(this) >= 0 ? capture(now) : null;
        }
        BorrowStack stack = new BorrowStack();
        long took = Math.min(Math.max(ticker.nanos() - now, LEAST), MOST);
        long before = cost;
        cost = before + (took - before) / 8;
        return stack;
    }

    /** From now to the next; negative while there is credit. */
    private long pause(long now, long next) {
        if (armed && now - armedUntil < 0) {
            return Math.max(next - now, -CREDIT) + cost * SHARE;
        }
        armed = false;
        // at random, so that no rhythm of the application's hides a place from it; never sooner
        return interval + ThreadLocalRandom.current().nextLong(interval / 2 + 1);
    }

    /** Something is suspect: from now on every borrow, for a while. */
    void arm(long now) {
        if (interval == 0) {
            return;
        }
        boolean was = armed && now - armedUntil < 0;
        armedUntil = now + ARMED_FOR.toNanos();
        armed = true;
        if (!was) {
            NEXT_AT.setVolatile(this, now);
        }
    }

    /** Whether it is to capture every one whatever that costs: for tests of applications. */
    void captureAll(boolean on) {
        all = on;
        long now = ticker.nanos();
        NEXT_AT.setVolatile(this, on ? now - NEVER : now + (interval == 0 ? NEVER : 0));
    }

    private static VarHandle nextAt() {
        try {
            return MethodHandles.lookup().findVarHandle(StackSampler.class, "nextAt", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
