package dev.penstock.spring.settings;

import dev.penstock.internal.settings.Setting;
import dev.penstock.internal.settings.Settings;
import dev.penstock.spring.settings.source.Dashed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/** What the settings are called as properties: {@code penstock.connect.attemptDelay} is {@code ….attempt-delay}. */
final class Named {
    static final ConfigurationPropertyName PENSTOCK = ConfigurationPropertyName.of("penstock");
    static final ConfigurationPropertyName POOLS = PENSTOCK.append("pools");
    static final ConfigurationPropertyName PLAN = of(Settings.BUDGET_PLAN);

    private static final Pattern SETTING = Pattern.compile("penstock(\\.[a-zA-Z]+)+");

    /** Compared as Spring does, without dashes and capitals. */
    private static final Map<ConfigurationPropertyName, Setting<?>> SETTINGS = settings();

    private Named() {}

    private static Map<ConfigurationPropertyName, Setting<?>> settings() {
        Map<ConfigurationPropertyName, Setting<?>> names = new LinkedHashMap<>();
        Settings.all().forEach(setting -> names.put(of(setting), setting));
        return names;
    }

    private static ConfigurationPropertyName of(Setting<?> setting) {
        return ConfigurationPropertyName.of(Dashed.of(setting.key()));
    }

    /** Every setting, by its name below {@code penstock} or {@code penstock.pools.<name>}. */
    static Map<ConfigurationPropertyName, Setting<?>> all() {
        return SETTINGS;
    }

    /** Whether no text can name its values. */
    static boolean isInCodeOnly(Setting<?> setting) {
        return setting.type().name().equals("code") && !setting.equals(Settings.BUDGET_PLAN);
    }

    /** A text with other names instead of the full keys of settings. */
    static String renamed(String text, Function<String, String> name) {
        return SETTING.matcher(text).replaceAll(key -> Matcher.quoteReplacement(name.apply(key.group())));
    }

    /**
     * What a pool's own properties begin with: {@code penstock.pools[order_db]}, exactly, or {@code
     * penstock.pools.order-db}, which is the same in any relaxed form, in environment variables too.
     */
    static List<ConfigurationPropertyName> ofPool(String bean) {
        String words = Dashed.of(bean).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        ConfigurationPropertyName relaxed = ConfigurationPropertyName.ofIfValid(POOLS + "." + words);
        ConfigurationPropertyName exact = ConfigurationPropertyName.ofIfValid(POOLS + "[" + bean + "]");
        return Stream.of(Objects.equals(exact, relaxed) ? null : exact, relaxed)
                .filter(Objects::nonNull)
                .toList();
    }
}
