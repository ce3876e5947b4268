package dev.penstock.tools.tune.mix;

import org.jspecify.annotations.Nullable;

/** A mix that cannot be used; the message has its name, the line and the reason. */
public final class BadMixException extends Exception {
    private static final long serialVersionUID = 1L;

    BadMixException(String mix, int line, String what, @Nullable Throwable cause) {
        super(mix + ":" + line + ": " + what, cause);
    }
}
