package dev.penstock.hikari;

import dev.penstock.internal.time.Deadline;
import dev.penstock.internal.time.Ticker;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps HikariCP's look whether idle connections are alive within the limit of the caller that waits for it.
 * HikariCP gives each look {@code validationTimeout} (5 s), whatever the caller has left: a pool of five silent
 * connections would keep a caller with a limit of 1 s for 5 s, one with 6 s for 10 s.
 *
 * <p>A look begins with the read timeout that HikariCP sets in the caller's thread, and that is how it is known:
 * by the calling method, since an application may set the same timeout. Several looks of one thread that follow
 * each other at once belong to one caller, and share its limit. None gets more than half of {@code
 * connect.deadline}, and while the breaker is open not more than 500 ms. Thread-safe; costs a walk over a few stack frames per read timeout that is set, so nothing at all for a
 * connection that was used within the last 500 ms.
 */
final class Validations {
    private static final String POOL = "com.zaxxer.hikari.pool.PoolBase";
    private static final String LOOK = "isConnectionDead";
    private static final String DRIVERS_LOOK = "isValid";
    private static final int FRAMES = 16;

    private static final long HURRIED = Duration.ofMillis(500).toNanos();
    /** HikariCP goes from one dead connection to the next within microseconds; a busy machine takes longer. */
    private static final long AT_ONCE = Duration.ofMillis(50).toNanos();

    private static final int MANY = 256;

    private static final StackWalker STACK = StackWalker.getInstance();

    private final Supplier<Duration> callersLimit;
    private final Ticker ticker;
    private volatile Duration longest = Duration.ofDays(1);
    private volatile BooleanSupplier hurry = () -> false;

    /** By the thread of the caller, from the begin of a look until one has succeeded. */
    private final Map<Thread, Looks> underWay = new ConcurrentHashMap<>();

    /**
     * What a caller has spent on looks.
     *
     * @param firstAt ticker time at which the first began
     * @param latestAt ticker time at which the latest began
     * @param latestOver ticker time at which the latest is over at the latest
     */
    private record Looks(long firstAt, long latestAt, long latestOver) {
        /** One that failed by the connection's end was over sooner than it might have been. */
        boolean goOnAt(long now) {
            return now - latestAt < AT_ONCE || Math.abs(now - latestOver) < AT_ONCE;
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
     * @param deadline of a connect, of which a look has half: one that fails must leave time to find out that no new
     *     connection can be made either
     * @param hurried while no look may take long
     */
    void bound(Duration deadline, BooleanSupplier hurried) {
        longest = deadline.dividedBy(2);
        hurry = hurried;
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
                underWay.remove(Thread.currentThread());
            }
            return wanted;
        }
    }

    /** The look begins: the caller has what is left of its limit. */
    private int begin(int wanted) {
        long now = ticker.nanos();
        Looks before = underWay.get(Thread.currentThread());
        long firstAt = before != null && before.goOnAt(now) ? before.firstAt() : now;
        long left = Deadline.nanos(callersLimit.get()) - (now - firstAt);
        long most = hurry.getAsBoolean() ? HURRIED : Deadline.nanos(longest);
        int millis = shorter(wanted, Math.min(left, most));
        forgetOld(now);
        underWay.put(Thread.currentThread(), new Looks(firstAt, now, now + millis * 1_000_000L));
        return millis;
    }

    /** The driver shortens a read timeout for its own look, and puts back what it found. */
    private int shortened(int wanted) {
        Looks current = underWay.get(Thread.currentThread());
        return current == null ? wanted : shorter(wanted, current.latestOver() - ticker.nanos());
    }

    /** Zero would be no limit at all. */
    private static int shorter(int wantedMillis, long nanos) {
        long millis = Math.max(1, nanos / 1_000_000);
        return wantedMillis == 0 || wantedMillis > millis ? (int) Math.min(millis, Integer.MAX_VALUE) : wantedMillis;
    }

    /** Threads whose last look failed and that never came again. */
    private void forgetOld(long now) {
        if (underWay.size() >= MANY) {
            underWay.values().removeIf(looks -> now - looks.latestOver() > AT_ONCE);
        }
    }

    private enum Asking {
        SOMEBODY_ELSE,
        POOL,
        DRIVER_FOR_POOL
    }

    private static Asking whoAsks() {
        return STACK.walk(frames -> {
            boolean driversLook = false;
            for (StackWalker.@Nullable StackFrame frame :
                    (Iterable<StackWalker.StackFrame>) frames.limit(FRAMES)::iterator) {
                if (frame.getMethodName().equals(LOOK) && frame.getClassName().equals(POOL)) {
                    return driversLook ? Asking.DRIVER_FOR_POOL : Asking.POOL;
                }
                driversLook |= frame.getMethodName().equals(DRIVERS_LOOK);
            }
            return Asking.SOMEBODY_ELSE;
        });
    }
}
