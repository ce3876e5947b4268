package dev.penstock;

/** What becomes of somebody who wants a physical connection while the breaker is open and no probe is due. */
public enum WhileOpen {
    /** Fails at once, with the latest failure. */
    REFUSE,
    /**
     * Is kept waiting for a good connection, or until connections can be made again: for a pool that makes its
     * connections on a thread of its own.
     */
    WAIT,
    /** Connects all the same, with the whole deadline, unless it was opened by hand: for a pool that is starting. */
    TRY
}
