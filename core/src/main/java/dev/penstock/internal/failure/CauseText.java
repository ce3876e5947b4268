package dev.penstock.internal.failure;

import java.util.Objects;

/** What went wrong, on one line: the message, and that of the cause if it says more. Not masked. */
public final class CauseText {
    private CauseText() {}

    /** The class's name where there is no message. */
    public static String of(Throwable failure) {
        String message = Objects.requireNonNullElse(
                failure.getMessage(), failure.getClass().getSimpleName());
        Throwable deeper = failure.getCause();
        String more = deeper != null && deeper.getMessage() != null && !message.contains(deeper.getMessage())
                ? " (" + deeper.getMessage() + ")"
                : "";
        return (message + more).replace('\n', ' ');
    }
}
