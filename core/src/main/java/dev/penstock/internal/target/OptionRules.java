package dev.penstock.internal.target;

import dev.penstock.InvalidSettingException;
import dev.penstock.PenstockConfig;
import dev.penstock.internal.settings.Settings;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How the user's own {@code options} for the startup packet and our limits go together: none is set twice. */
final class OptionRules {
    /** {@code -c name=value} or {@code --name=value}, as the server takes them apart; a dash in a name is an underscore. */
    private static final Pattern SWITCH = Pattern.compile("(?:^|\\s)(?:-c\\s*+|--)([\\w.-]++)=");

    private OptionRules() {}

    /**
     * @param options as the user wrote them
     * @param origin where they stand
     * @throws InvalidSettingException if they set what a setting of ours sets
     */
    static void check(String options, String origin, PenstockConfig config) {
        Matcher found = SWITCH.matcher(options);
        while (found.find()) {
            String name = found.group(1);
            String setting = Settings.ofServerSetting(name.replace('-', '_'));
            if (setting != null && config.originOf(setting) != null) {
                throw new InvalidSettingException(
                        origin,
                        "must not set " + name + ", because " + setting + " is set too (" + config.originOf(setting)
                                + "); leave one of them out",
                        found.group().strip() + "...");
            }
        }
    }
}
