package dev.penstock.hikari;

import dev.penstock.internal.time.Deadline;
import dev.penstock.internal.time.Ticker;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;

/**
 * Keeps HikariCP's look whether an idle connection is alive within the limit of the caller that waits for it.
 * HikariCP gives each look {@code validationTimeout} (5 s), whatever the caller has left: a pool of five silent
 * connections would keep a caller with a limit of 1 s for 5 s, one with 6 s for 10 s.
 *
 * <p>A look begins with the read timeout that HikariCP sets in the caller's thread, and that is how it is known: by
 * the calling methods, since an application may set the same timeout, and HikariCP's keepalive, which nobody waits
 * for, looks in the same way and keeps its own limit. Several looks of one thread that follow each other at once
 * belong to one caller, and share its limit. None gets more than three quarters of {@code connect.deadline}, and while
 * the breaker is open not more than 500 ms; none less than 50 ms. Thread-safe; costs a walk over a few stack frames
 * per read timeout that is set, so nothing at all for a connection that was used within the last 500 ms.
 */
final class Validations {
    private static final String BASE = "com.zaxxer.hikari.pool.PoolBase";
    private static final String POOL = "com.zaxxer.hikari.pool.HikariPool";
    private static final String LOOK = "isConnectionDead";
    private static final String BORROW = "getConnection";
    private static final String DRIVERS_LOOK = "isValid";
    private static final int FRAMES = 16;

    private static final long HURRIED = Duration.ofMillis(500).toNanos();
    /** A connection that is well must not be given up because its caller has all but given up itself. */
    private static final long LEAST = Duration.ofMillis(50).toNanos();
    /** HikariCP goes from one dead connection to the next within microseconds; a busy machine takes longer. */
    private static final long AT_ONCE = Duration.ofMillis(50).toNanos();

    private static final int MANY = 32;

    private static final StackWalker STACK = StackWalker.getInstance();

    private final Supplier<Duration> callersLimit;
    private final Ticker ticker;
    private volatile Duration longest = Duration.ofDays(1);
    private volatile BooleanSupplier hurry = () -> false;

    /** By the thread of the caller: from the begin of a look until one has succeeded, or while it is announced. */
    private final Map<Thread, Caller> callers = new ConcurrentHashMap<>();

    /**
     * Somebody who waits for looks.
     *
     * @param until ticker time at which its limit is over
     * @param latestAt ticker time at which the latest look began
     * @param latestOver ticker time at which that is over at the latest
     * @param announced whether it is known to borrow until it is forgotten
     */
    private record Caller(long until, long latestAt, long latestOver, boolean announced) {
        /**
         * Whether a look that begins now is its next. One that failed by the connection's end was over sooner than it
         * might have been. Once its limit is over it looks no more: that is the next caller in this thread.
         */
        boolean goesOnAt(long now) {
            return now - until < 0 && (announced || now - latestAt < AT_ONCE || Math.abs(now - latestOver) < AT_ONCE);
        }

        Caller looking(long now, long over) {
            return new Caller(until, now, over, announced);
        }
    }

    /** For one pool. */
    Validations(Supplier<Duration> callersLimit, Ticker ticker) {
        this.callersLimit = callersLimit;
        this.ticker = ticker;
    }

    /**
     * What bounds each look besides its caller.
     *
     * @param deadline of a connect, of which a look has three quarters: one that fails must leave time to find out
     *     that no new connection can be made either
     * @param hurried while no look may take long
     */
    void bound(Duration deadline, BooleanSupplier hurried) {
        longest = deadline.multipliedBy(3).dividedBy(4);
        hurry = hurried;
    }

    /** The calling thread goes into the pool with less than its usual limit, until {@link #forget}. */
    void announce(Duration left) {
        long now = ticker.nanos();
        callers.put(Thread.currentThread(), new Caller(now + Deadline.nanos(left), now, now, true));
    }

    /** Undoes {@link #announce}. */
    void forget() {
        callers.remove(Thread.currentThread());
    }

    /** Has the last word on one connection's read timeouts. */
    IntUnaryOperator ofConnection() {
        return new OneConnection();
    }

    /** Used by one thread at a time, as its connection is. */
    private final class OneConnection implements IntUnaryOperator {
        private boolean looking;

        @Override
        public int applyAsInt(int wanted) {
            return switch (whoAsks()) {
                case SOMEBODY_ELSE -> end(wanted);
                case POOL -> looking ? end(wanted) : begin(wanted); // it sets the one and puts the other back
                case DRIVER_FOR_POOL -> looking ? shortened(wanted) : wanted;
            };
        }

        private int begin(int wanted) {
            looking = true;
            return Validations.this.begin(wanted);
        }

        private int end(int wanted) {
            if (looking) {
                looking = false;
                succeeded();
            }
            return wanted;
        }
    }

    /** The look begins: the caller has what is left of its limit. */
    private int begin(int wanted) {
        long now = ticker.nanos();
        Thread thread = Thread.currentThread();
        Caller before = callers.get(thread);
        Caller caller = before != null && before.goesOnAt(now)
                ? before
                : new Caller(now + Deadline.nanos(callersLimit.get()), now, now, false);
        long most = hurry.getAsBoolean() ? HURRIED : Deadline.nanos(longest);
        int millis = shorter(wanted, Math.min(caller.until() - now, most));
        forgetOld(now);
        callers.put(thread, caller.looking(now, now + millis * 1_000_000L));
        return millis;
    }

    /** The driver shortens a read timeout for its own look, and puts back what it found. */
    private int shortened(int wanted) {
        Caller current = callers.get(Thread.currentThread());
        return current == null ? wanted : shorter(wanted, current.latestOver() - ticker.nanos());
    }

    private void succeeded() {
        callers.computeIfPresent(Thread.currentThread(), (thread, caller) -> caller.announced() ? caller : null);
    }

    /** Zero would be no limit at all. */
    private static int shorter(int wantedMillis, long nanos) {
        long millis = Math.max(LEAST, nanos) / 1_000_000;
        return wantedMillis == 0 || wantedMillis > millis ? (int) Math.min(millis, Integer.MAX_VALUE) : wantedMillis;
    }

    /** Threads whose last look failed and that never came again. */
    private void forgetOld(long now) {
        if (callers.size() >= MANY) {
            callers.values().removeIf(caller -> !caller.announced() && now - caller.latestOver() > AT_ONCE);
        }
    }

    private enum Asking {
        SOMEBODY_ELSE,
        POOL,
        DRIVER_FOR_POOL
    }

    private static Asking whoAsks() {
        return STACK.walk(frames -> whoAsks(frames.limit(FRAMES).iterator()));
    }

    private static Asking whoAsks(Iterator<StackWalker.StackFrame> frames) {
        boolean driversLook = false;
        while (frames.hasNext()) {
            StackWalker.StackFrame frame = frames.next();
            if (is(frame, BASE, LOOK)) {
                boolean forCaller = frames.hasNext() && is(frames.next(), POOL, BORROW);
                return !forCaller ? Asking.SOMEBODY_ELSE : driversLook ? Asking.DRIVER_FOR_POOL : Asking.POOL;
            }
            driversLook |= frame.getMethodName().equals(DRIVERS_LOOK);
        }
        return Asking.SOMEBODY_ELSE;
    }

    private static boolean is(StackWalker.StackFrame frame, String type, String method) {
        return frame.getMethodName().equals(method) && frame.getClassName().equals(type);
    }
}
