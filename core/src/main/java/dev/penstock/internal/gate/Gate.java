package dev.penstock.internal.gate;

import dev.penstock.PoolControl;
import dev.penstock.PoolUnavailableException;
import dev.penstock.internal.breaker.Outage;
import dev.penstock.internal.time.Deadline;
import dev.penstock.internal.time.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Callers pass it on their way into the pool. It stands open, one volatile read, unless no connection can be
 * made or the pool is suspended. Then:
 *
 * <ul>
 *   <li>a pool that has connections, idle or on loan, is asked as usual: it may serve;
 *   <li>before an empty one callers wait here, in the order of their arrival and each within its own limit,
 *       until connections can be made again;
 *   <li>once the outage has lasted {@code gate.failFastAfter} they are refused, and so is whoever arrives; but
 *       not while nobody knows whether it lasts still.
 * </ul>
 *
 * <p>Whoever waits looks again after every change and decides for itself, so nobody can be forgotten.
 * Nobody is interrupted. Thread-safe.
 */
public final class Gate {
    private final String name;
    private final PoolControl pool;
    private final Supplier<@Nullable Outage> outages;
    private final @Nullable Duration failFastAfter;
    private final Runnable ask;
    private final Ticker ticker;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** Callers that wait. They contend for the lock at every probe; whoever only counts them must not. */
    private final AtomicInteger inside = new AtomicInteger();

    /** Callers that were refused at once, and those whose own limit was over. */
    private final LongAdder refused = new LongAdder();

    private final LongAdder timedOut = new LongAdder();

    private volatile boolean barred;
    private volatile boolean suspended;
    private volatile boolean closed;

    /**
     * An open gate.
     *
     * @param outages what keeps connections from being made now; null if nothing does
     * @param failFastAfter null: as long as the pool lets a caller wait
     * @param ask says that somebody wants a connection, so that the server is probed; must not block
     */
    public Gate(
            String name,
            PoolControl pool,
            Supplier<@Nullable Outage> outages,
            @Nullable Duration failFastAfter,
            Runnable ask,
            Ticker ticker) {
        this.name = name;
        this.pool = pool;
        this.outages = outages;
        this.failFastAfter = failFastAfter;
        this.ask = ask;
        this.ticker = ticker;
    }

    /** Whether whoever comes now goes straight on. */
    public boolean isOpen() {
        return !barred;
    }

    /**
     * Goes through, waiting if need be.
     *
     * @param limitNanos how long the caller may wait, here and in the pool together
     * @return what is left of that
     * @throws PoolUnavailableException if the limit is over, or the outage has lasted too long
     * @throws InterruptedException if the caller is interrupted while it waits
     */
    public long pass(long limitNanos) throws PoolUnavailableException, InterruptedException {
        return barred ? passBarred(limitNanos, ticker.nanos()) : limitNanos;
    }

    private long passBarred(long limitNanos, long arrivedAt) throws PoolUnavailableException, InterruptedException {
        Decision first = decide(arrivedAt);
        if (first.passes()) {
            return limitNanos;
        }
        askFor(first);
        refuseIfDue(first, limitNanos, arrivedAt);
        lock.lockInterruptibly();
        inside.incrementAndGet();
        try {
            while (true) {
                long now = ticker.nanos();
                Decision decision = decide(now);
                if (decision.passes()) {
                    return limitNanos - (now - arrivedAt);
                }
                askFor(decision); // again after every probe
                refuseIfDue(decision, limitNanos, arrivedAt);
                long left = limitNanos - (now - arrivedAt);
                long unused = changed.awaitNanos(Math.min(left, decision.refusedIn()));
            }
        } finally {
            inside.decrementAndGet();
            lock.unlock();
        }
    }

    /**
     * What is to be done with a caller.
     *
     * @param refusedIn nanoseconds until it is refused whatever its own limit; zero or less: now
     */
    private record Decision(
            boolean passes, long refusedIn, @Nullable Outage outage) {
        static final Decision PASS = new Decision(true, Long.MAX_VALUE, null);
        static final Decision SUSPENDED = new Decision(false, Long.MAX_VALUE, null);
    }

    private void askFor(Decision decision) {
        if (decision.outage() != null) {
            ask.run();
        }
    }

    private Decision decide(long now) {
        if (suspended) {
            return Decision.SUSPENDED;
        }
        Outage outage = outages.get();
        if (outage == null || pool.total() != 0) {
            return Decision.PASS;
        }
        return new Decision(false, outage.isConfirmed(now) ? patience(now, outage) : Long.MAX_VALUE, outage);
    }

    private long patience(long now, Outage outage) {
        Duration limit = failFastAfter == null ? pool.callersLimit() : failFastAfter;
        return Deadline.nanos(limit) - (now - outage.sinceNanos());
    }

    private void refuseIfDue(Decision decision, long limitNanos, long arrivedAt) throws PoolUnavailableException {
        long now = ticker.nanos();
        Duration waited = Duration.ofNanos(now - arrivedAt);
        if (closed) {
            throw Refusals.closed(name, waited);
        }
        if (decision.refusedIn() <= 0) {
            refused.increment();
            throw Refusals.failFast(name, pool, decision.outage(), waited, now);
        }
        if (now - arrivedAt >= limitNanos) {
            timedOut.increment();
            throw Refusals.outOfTime(name, pool, decision.outage(), waited, Duration.ofNanos(limitNanos), now);
        }
    }

    /** Connections cannot be made any more, or can be made again. */
    public void breakerChanged() {
        lookAgain();
    }

    /** From now on nobody passes; whoever has a connection keeps it. */
    public void suspend() {
        suspended = true;
        lookAgain();
    }

    /** Undoes {@link #suspend}. */
    public void resume() {
        suspended = false;
        lookAgain();
    }

    /** Whoever waits here is refused. Whoever comes later is let through: the pool says itself that it is closed. */
    public void close() {
        closed = true;
        lookAgain();
    }

    /** Callers that wait here; a snapshot, for which nobody waits. */
    public int waiting() {
        return inside.get();
    }

    /** Whether it is suspended. */
    public boolean isSuspended() {
        return suspended;
    }

    /** Callers refused so far because the outage had lasted too long for anybody to wait. */
    public long refused() {
        return refused.sum();
    }

    /** Callers refused so far because they had waited here as long as they may. */
    public long timedOut() {
        return timedOut.sum();
    }

    private void lookAgain() {
        lock.lock();
        try {
            barred = !closed && (suspended || outages.get() != null);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
