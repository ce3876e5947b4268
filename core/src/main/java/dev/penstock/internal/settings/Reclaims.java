package dev.penstock.internal.settings;

import dev.penstock.ReclaimPolicy;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reclaim policies as text: {@code never}, {@code dead-owner}, {@code after(10m)}. */
public final class Reclaims {
    static final SettingType<ReclaimPolicy> TYPE = new SettingType<>(
            "never, dead-owner, after(duration)",
            Reclaims::parse,
            text -> "must be never, dead-owner or after(duration), as in after(10m)",
            Reclaims::format);

    private static final Pattern AFTER = Pattern.compile("after\\((.*)\\)");

    private Reclaims() {}

    /** A limit has to be one. */
    static Rule<ReclaimPolicy> limitUpTo(Duration most) {
        Rule<Duration> rule = Rule.positiveUpTo(most);
        return new Rule<>(
                "after(duration) " + rule.text(),
                policy -> policy.after() == null || rule.holds().test(policy.after()));
    }

    private static @Nullable ReclaimPolicy parse(String text) {
        return switch (text) {
            case "never" -> ReclaimPolicy.NEVER;
            case "dead-owner" -> ReclaimPolicy.DEAD_OWNER;
            default -> parseAfter(text);
        };
    }

    private static @Nullable ReclaimPolicy parseAfter(String text) {
        Matcher matcher = AFTER.matcher(text);
        Duration limit = matcher.matches() ? Durations.parse(matcher.group(1)) : null;
        return limit == null ? null : ReclaimPolicy.after(limit);
    }

    /** What {@code parse} reads back. */
    public static String format(ReclaimPolicy policy) {
        Duration after = policy.after();
        if (after != null) {
            return "after(" + Durations.format(after) + ")";
        }
        return policy.kind() == ReclaimPolicy.Kind.NEVER ? "never" : "dead-owner";
    }
}
