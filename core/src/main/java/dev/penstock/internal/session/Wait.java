package dev.penstock.internal.session;

/** What a thread that reads waits for. */
public enum Wait {
    /** For the answer to a statement, as far as is known. */
    ANSWER,

    /** For notifications, with nothing running. TLS hides from us where the answer before them has ended. */
    NOTIFICATIONS,

    /**
     * For the end of a COMMIT, or of PREPARE TRANSACTION. A server answers a cancel request for one that waits for its
     * standby with success, as if it had been waited for; its own limit does not run then.
     */
    COMMIT
}
