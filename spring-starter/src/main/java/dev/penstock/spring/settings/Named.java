package dev.penstock.spring.settings;

import dev.penstock.EffectiveSetting;
import dev.penstock.PenstockConfig;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/** What the settings are called as properties: {@code penstock.connect.attemptDelay} is {@code ….attempt-delay}. */
final class Named {
    static final ConfigurationPropertyName PENSTOCK = ConfigurationPropertyName.of("penstock");
    static final ConfigurationPropertyName POOLS = PENSTOCK.append("pools");
    static final ConfigurationPropertyName PLAN = ConfigurationPropertyName.of("budget.plan");

    private static final Pattern SETTING = Pattern.compile("penstock(\\.[a-zA-Z]+)+");

    /** Below {@code penstock} or {@code penstock.pools.<name>}; compared as Spring does, without dashes and capitals. */
    private static final Map<ConfigurationPropertyName, String> SETTINGS = settings();

    private Named() {}

    private static Map<ConfigurationPropertyName, String> settings() {
        Map<ConfigurationPropertyName, String> names = new LinkedHashMap<>();
        for (EffectiveSetting setting : PenstockConfig.builder().build().settings()) {
            names.put(ConfigurationPropertyName.of(dashed(setting.key())).subName(1), setting.key());
        }
        return names;
    }

    /** Name and full key of every setting. */
    static Map<ConfigurationPropertyName, String> all() {
        return SETTINGS;
    }

    /** A key as Spring's documentation writes properties. */
    static String dashed(String key) {
        return key.replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }

    /** A text with the names of properties instead of those of settings. */
    static String inProperties(String text) {
        return SETTING.matcher(text).replaceAll(key -> dashed(key.group()));
    }
}
