package dev.penstock.tools.tune.search;

import org.jspecify.annotations.Nullable;

/** The load must not go on; the message says why, and what to do. */
public final class LoadStoppedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** With a text for people, and what brought it about; null: nothing was thrown. */
    public LoadStoppedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
