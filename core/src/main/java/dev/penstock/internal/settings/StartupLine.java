package dev.penstock.internal.settings;

import dev.penstock.EffectiveSetting;
import dev.penstock.PenstockConfig;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The one line that a pool logs when it starts: what it connects to, and what is not at its default. */
public final class StartupLine {
    private StartupLine() {}

    /**
     * Builds the line.
     *
     * @param name name of the pool or connector
     * @param target masked text of the target, {@code ConnectTarget.summary()}
     * @param config configuration as it is in force
     */
    public static String of(String name, String target, PenstockConfig config) {
        String changed = config.settings().stream()
                .filter(EffectiveSetting::differsFromDefault)
                .map(StartupLine::describe)
                .collect(Collectors.joining(", "));
        return "penstock '" + name + "': " + target + "; "
                + (changed.isEmpty() ? "everything at its default" : changed + "; everything else at its default");
    }

    private static String describe(EffectiveSetting setting) {
        return withoutPrefix(setting.key()) + "=" + setting.value() + origin(setting.origin());
    }

    private static String withoutPrefix(String key) {
        return key.substring(Setting.PREFIX.length());
    }

    private static String origin(@Nullable String origin) {
        return origin == null ? "" : " (" + origin + ")";
    }
}
