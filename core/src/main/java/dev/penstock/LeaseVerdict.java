package dev.penstock;

/** What the evidence says about a lease that is suspect. */
public enum LeaseVerdict {
    /**
     * The thread that borrowed has ended, and nothing has been exchanged with the server for {@code
     * leases.suspectAfter} since: nobody is left to give the connection back.
     */
    LEAKED_OWNER_DEAD(true),

    /**
     * The borrowed connection was garbage-collected without a {@code close()}, and nothing has been exchanged with the
     * server for {@code leases.suspectAfter} since.
     */
    LEAKED_UNREACHABLE(true),

    /**
     * The connection is idle, outside a transaction, and its borrower is elsewhere: it has left the method that
     * borrowed, or, if that was not captured, the application's code altogether.
     */
    LIKELY_LEAK(true),

    /** A transaction is held open without a statement, around a remote call for example. */
    IDLE_IN_TRANSACTION(false),

    /** A statement has been running for so long. */
    SLOW_STATEMENT(false),

    /** A statement waits for a lock that another session holds; only with {@code leases.lockDiagnosis}. */
    WAITING_ON_LOCK(false),

    /** Held for so long, and nothing more is known of it or against it. */
    LONG_HOLD(false);

    private final boolean leak;

    LeaseVerdict(boolean leak) {
        this.leak = leak;
    }

    /** Whether it says that the connection is not coming back: if it does, that was a false alarm. */
    public boolean isLeak() {
        return leak;
    }
}
