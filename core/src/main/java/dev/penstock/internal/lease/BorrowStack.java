package dev.penstock.internal.lease;

import java.io.Serial;

/** The stack of a borrow, as the JVM noted it: its frames are made only if somebody wants to see them. */
final class BorrowStack extends Throwable {
    @Serial
    private static final long serialVersionUID = 1;

    /** Ticker time of the borrow. */
    private final long at;

    BorrowStack(long at) {
        super("where the connection was borrowed", null, false, true);
        this.at = at;
    }

    long at() {
        return at;
    }
}
