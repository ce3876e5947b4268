package dev.penstock.internal.target;

import dev.penstock.internal.failure.Masking;
import dev.penstock.internal.settings.SettingKeys;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/**
 * URL and properties as pgjdbc merges them, and which of them said what.
 *
 * <p>A second and a third parse, with an empty user, show what the first one hides: without a user
 * pgjdbc neither takes the user's name for the database nor looks into {@code .pgpass}.
 *
 * @param merged what a plain {@code Driver.connect} would work with
 * @param explicit the same without what pgjdbc derives: database from the user, password from .pgpass
 * @param inUrl what the URL sets, also through a service; hosts, ports and user excepted
 * @param given names that the properties set
 */
record ParsedUrl(Properties merged, Properties explicit, Properties inUrl, Set<String> given) {
    private static final String NOT_PARSED = "must be one that pgjdbc can parse: ports from 1 to 65535 and as many "
            + "as hosts, correct %-escapes, a service that exists";

    static ParsedUrl of(String url, Properties properties) {
        UrlShape.check(url);
        Properties known = new Properties(DriverDefaults.load());
        // string properties only, as Driver.connect takes them: a live object would break the merge
        properties.stringPropertyNames().forEach(name -> known.setProperty(name, properties.getProperty(name)));
        String withoutUser = url + (url.indexOf('?') < 0 ? "?" : "&") + "user=";
        return new ParsedUrl(
                parse(url, url, known),
                parse(withoutUser, url, known),
                // hosts and ports of its own, because the URL may have only half of what must fit together
                parse(withoutUser + "&PGHOST=localhost&PGPORT=5432", url, null),
                properties.stringPropertyNames());
    }

    private static Properties parse(String variant, String url, @Nullable Properties known) {
        Properties parsed;
        try {
            parsed = Driver.parseURL(variant, known);
        } catch (RuntimeException malformed) {
            // for example a host list that is nothing but a comma
            throw UrlShape.refuse(NOT_PARSED, url);
        }
        if (parsed == null) {
            throw UrlShape.refuse(NOT_PARSED, url);
        }
        return parsed;
    }

    @Nullable String get(String name) {
        return merged.getProperty(name);
    }

    String get(String name, String defaultValue) {
        return merged.getProperty(name, defaultValue);
    }

    /** Whether URL, properties or service carry it. */
    boolean has(String name) {
        return merged.getProperty(name) != null;
    }

    /** Where a parameter stands: {@code loginTimeout in the URL}, {@code property loginTimeout}. */
    String origin(String name) {
        if (inUrl.getProperty(name) != null) {
            return name + " in the URL";
        }
        return given.contains(name) ? "property " + name : name + " in driverconfig.properties";
    }

    /** {@code penstock.*} parameters of the URL. */
    TreeMap<String, String> penstockKeysInUrl() {
        return penstockKeys(inUrl);
    }

    /** {@code penstock.*} keys of URL and properties together; for one that is in both the URL's value. */
    TreeMap<String, String> penstockKeys() {
        return penstockKeys(merged);
    }

    private static TreeMap<String, String> penstockKeys(Properties from) {
        TreeMap<String, String> keys = new TreeMap<>();
        from.stringPropertyNames().stream()
                .filter(SettingKeys::isOurs)
                .forEach(name -> keys.put(name, from.getProperty(name)));
        return keys;
    }

    /** A copy without the {@code penstock.*} keys: what the driver and a user's factory may see. */
    static Properties forDriver(Properties from) {
        Properties copy = new Properties();
        from.stringPropertyNames().stream()
                .filter(name -> !SettingKeys.isOurs(name))
                .forEach(name -> copy.setProperty(name, from.getProperty(name)));
        return copy;
    }

    /** Not the record's own, which would print passwords. */
    @Override
    public String toString() {
        return Masking.mask(merged);
    }
}
