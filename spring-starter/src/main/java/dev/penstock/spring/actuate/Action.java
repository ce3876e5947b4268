package dev.penstock.spring.actuate;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the endpoint can do to a pool. */
enum Action {
    CONNECT_TEST,
    BREAKER_OPEN,
    BREAKER_CLOSE,
    BREAKER_RESET,
    EVICT,
    SUSPEND,
    RESUME,
    RESIZE;

    /** As requests name it: {@code connect-test}. */
    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Action of(@Nullable String text) {
        return Arrays.stream(values())
                .filter(action -> action.text().equals(text))
                .findFirst()
                .orElseThrow(() -> Refused.badRequest("action must be one of "
                        + String.join(
                                ", ", Arrays.stream(values()).map(Action::text).toList())
                        + ", but was " + (text == null ? "missing" : "'" + text + "'")));
    }
}
