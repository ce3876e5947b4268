package dev.penstock.internal.target;

import dev.penstock.PenstockConfig;
import dev.penstock.internal.settings.Durations;
import dev.penstock.internal.settings.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the driver's own timeouts and ours go together. */
final class TimeoutRules {
    private static final String DEADLINE = Settings.DEADLINE.fullKey();
    private static final String DNS_PATIENCE = Settings.DNS_PATIENCE.fullKey();

    private TimeoutRules() {}

    /** A loginTimeout takes the place of a deadline that nobody set: Penstock never waits longer than asked. */
    static PenstockConfig adopt(PenstockConfig config, @Nullable Duration loginTimeout, String origin) {
        if (loginTimeout == null || config.originOf(DEADLINE) != null) {
            return config;
        }
        Duration longest = Settings.LONGEST_DEADLINE;
        Duration deadline = loginTimeout.compareTo(longest) < 0 ? loginTimeout : longest;
        return config.withProperties(Map.of(DEADLINE, Durations.format(deadline)), origin);
    }

    static List<String> warnings(ConnectTarget target, PenstockConfig config) {
        List<String> warnings = new ArrayList<>();
        Duration deadline = config.connect().deadline();
        Duration loginTimeout = target.loginTimeout();
        if (loginTimeout != null && !loginTimeout.equals(deadline)) {
            warnings.add(text(target.origin("loginTimeout"), loginTimeout) + " has no effect: " + deadline(config)
                    + " governs");
        }
        if (target.connectTimeout().compareTo(deadline) > 0 && target.sets("connectTimeout")) {
            warnings.add(text(target.origin("connectTimeout"), target.connectTimeout()) + " can never act: "
                    + deadline(config) + " ends the whole connect before it");
        }
        if (config.connect().dnsPatience().compareTo(deadline) > 0) {
            warnings.add(own(config, DNS_PATIENCE, config.connect().dnsPatience()) + " can never act: "
                    + deadline(config) + " ends the whole connect before it");
        }
        return List.copyOf(warnings);
    }

    /** For example {@code connectTimeout in the URL = 60s}. */
    private static String text(String parameter, Duration value) {
        return parameter + " = " + Durations.format(value);
    }

    private static String deadline(PenstockConfig config) {
        return own(config, DEADLINE, config.connect().deadline());
    }

    private static String own(PenstockConfig config, String key, Duration value) {
        String origin = config.originOf(key);
        return key + " = " + Durations.format(value) + " (" + (origin == null ? "default" : origin) + ")";
    }
}
