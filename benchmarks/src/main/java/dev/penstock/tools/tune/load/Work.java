package dev.penstock.tools.tune.load;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;

/** Where callers get their work from, and until when. Thread-safe. */
interface Work {
    /** There is none any more; never due by the clock. */
    long NONE = Long.MIN_VALUE;

    /** Waits for the next unit and returns when it was due, or {@link #NONE}. */
    long await() throws InterruptedException;

    /** Whether a unit that has its connection only now is not done any more. */
    boolean isOver();

    /** What decides whether the times of a unit count. */
    long reference(long due, long ended);

    /** Whether a unit counts, as having waited at least until now, that was due and got no connection before the end. */
    boolean countsUnserved(long due);

    /** Tells the tally of each unit that was due while it counted and that nobody has taken; after the last caller. */
    void untaken(Tally tally, long now);

    /**
     * One unit after the other, each due as soon as its caller has time.
     *
     * <p>Whoever gives a connection back while others wait makes a pause before he asks again: HikariCP hands the
     * connection to one of them, but who asks at once is faster than who has to be woken, so that a few callers would
     * have all connections and the others would starve. Nobody who does anything else between two borrows is so fast.
     *
     * @param waiting how many callers wait for the pool
     */
    record Closed(Window window, IntSupplier waiting, Stop stop) implements Work {
        /** Longer than it takes to wake a thread; no connection is idle meanwhile. */
        private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

        @Override
        public long await() {
            if (waiting.getAsInt() > 0) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            return isOver() ? NONE : System.nanoTime();
        }

        @Override
        public boolean isOver() {
            return stop.isRequested() || window.isOver(System.nanoTime());
        }

        @Override
        public long reference(long due, long ended) {
            return ended;
        }

        /** Of those that wait at the end, as some always do, who has waited all the time. */
        @Override
        public boolean countsUnserved(long due) {
            return due - window.counts() < 0;
        }

        @Override
        public void untaken(Tally tally, long now) {
            // nothing is due before somebody has time for it
        }
    }

    /**
     * Units that are due at their time. All that were due while it counted count, so that none is left out because the
     * server was slow: with the end of the window no new ones come, and what is late already is still done, up to a
     * limit. However many are late, they take no room: each is drawn when somebody takes it.
     *
     * @param patience for what is late at the end of the window
     */
    record Open(PoissonArrivals arrivals, Window window, Duration patience, Stop stop) implements Work {
        @Override
        public long await() throws InterruptedException {
            if (isOver()) {
                return NONE; // before one is drawn: those that nobody has taken are counted
            }
            long due = arrivals.next();
            if (window.isOver(due)) {
                return NONE;
            }
            long wait = due - System.nanoTime();
            return wait > 0 && stop.within(Duration.ofNanos(wait)) ? NONE : due;
        }

        @Override
        public boolean isOver() {
            return stop.isRequested() || System.nanoTime() - window.end() >= patience.toNanos();
        }

        @Override
        public long reference(long due, long ended) {
            return due;
        }

        @Override
        public boolean countsUnserved(long due) {
            return window.contains(due);
        }

        @Override
        public void untaken(Tally tally, long now) {
            for (long due = arrivals.next(); !window.isOver(due); due = arrivals.next()) {
                if (window.contains(due)) {
                    tally.neverBegan(due, now);
                }
            }
        }
    }
}
