package dev.penstock.tools.tune;

import org.jspecify.annotations.Nullable;

/** It cannot be done; the message says why. */
final class Refused extends Exception {
    static final int BAD_INPUT = 2;
    static final int NOT_MEASURED = 1;

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    Refused(int exitCode, @Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}
