package dev.penstock.internal.session;

/** What became of a cancel request. */
public enum CancelOutcome {
    /** The server has it: it has ended the stream. Whatever it cancels it has cancelled by the next statement. */
    DELIVERED,

    /** Not a byte of it was sent. */
    NOT_SENT,

    /** It was sent, and nobody knows whether it has arrived: it may yet, and hit another statement. */
    LOST
}
