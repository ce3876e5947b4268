package dev.penstock.spring.actuate;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

/**
 * What somebody wants done to a pool, checked.
 *
 * @param action what
 * @param size for {@link Action#RESIZE}; 0 for any other
 * @param limit for {@link Action#CONNECT_TEST}
 */
record Request(Action action, int size, Duration limit) {
    private static final Duration USUAL_LIMIT = Duration.ofSeconds(5);

    /** Whoever asks must not hold a thread of the web server for long. */
    private static final Duration LONGEST = Duration.ofMinutes(1);

    /** As it came; what belongs to another action is refused: somebody relies on it. */
    static Request of(@Nullable String action, @Nullable String size, @Nullable String limit) {
        Action wanted = Action.of(action);
        if (size != null && wanted != Action.RESIZE) {
            throw Refused.badRequest("size is for action resize only, but the action was " + wanted.text());
        }
        if (limit != null && wanted != Action.CONNECT_TEST) {
            throw Refused.badRequest("limit is for action connect-test only, but the action was " + wanted.text());
        }
        return new Request(
                wanted, wanted == Action.RESIZE ? size(size) : 0, limit == null ? USUAL_LIMIT : limit(limit));
    }

    private static int size(@Nullable String text) {
        String rule = "size must be a whole number from 1 on, but was ";
        if (text == null) {
            throw Refused.badRequest(rule + "missing");
        }
        try {
            int size = Integer.parseInt(text);
            if (size >= 1) {
                return size;
            }
        } catch (NumberFormatException e) {
            // as any other that is none
        }
        throw Refused.badRequest(rule + "'" + text + "'");
    }

    private static Duration limit(String text) {
        try {
            Duration limit = DurationStyle.detectAndParse(text);
            if (!limit.isZero() && !limit.isNegative() && limit.compareTo(LONGEST) <= 0) {
                return limit;
            }
        } catch (IllegalArgumentException | ArithmeticException e) {
            // as any other that is none
        }
        throw Refused.badRequest(
                "limit must be a duration such as 500ms or 5s, more than zero and at most 60s, but was '" + text + "'");
    }
}
