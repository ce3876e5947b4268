package dev.penstock.budget;

/**
 * How many connections code takes at a time.
 *
 * @param threads threads that borrow from one pool
 * @param connectionsPerThread the most that one of them holds at once
 */
public record ThreadUse(int threads, int connectionsPerThread) {
    /** Nobody takes a second connection while it holds one: any pool is large enough. */
    public static final ThreadUse ONE_EACH = new ThreadUse(1, 1);

    /** Each from 1 to 10^6, and so is the {@link #deadlockFloor}. */
    public ThreadUse {
        Bounds.between("threads", 1, Bounds.MOST, threads);
        Bounds.between("connectionsPerThread", 1, Bounds.MOST, connectionsPerThread);
        Bounds.connectionsOfOne(
                "threads x (connectionsPerThread - 1) + 1", (long) threads * (connectionsPerThread - 1) + 1);
    }

    /**
     * The smallest pool in which they cannot wait for each other for ever: all threads hold all but one of theirs, and
     * there is one more, {@code threads x (connectionsPerThread - 1) + 1} (HikariCP wiki, "About Pool Sizing", section
     * "Pool-locking").
     */
    public int deadlockFloor() {
        return threads * (connectionsPerThread - 1) + 1;
    }
}
