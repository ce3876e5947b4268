package dev.penstock.spring.settings.source;

import java.util.Locale;

/** Names as Spring's documentation writes them. */
public final class Dashed {
    private Dashed() {}

    /** For example {@code connect.attempt-delay} for {@code connect.attemptDelay}. */
    public static String of(String name) {
        return name.replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }
}
