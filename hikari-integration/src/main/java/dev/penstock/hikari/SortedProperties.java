package dev.penstock.hikari;

import dev.penstock.internal.settings.SettingKeys;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * HikariCP's {@code dataSourceProperties}, sorted by whom they are for.
 *
 * @param driver what pgjdbc gets
 * @param penstock {@code penstock.*} keys; a value that is not a string counts by its text
 * @param ignored names of those that are not strings: HikariCP lets them through and pgjdbc passes over them
 */
record SortedProperties(Properties driver, Map<String, String> penstock, List<String> ignored) {

    /** A snapshot: what is put into {@code given} later changes nothing. */
    static SortedProperties of(Properties given) {
        Properties driver = new Properties();
        Map<String, String> penstock = new TreeMap<>();
        List<String> ignored = new ArrayList<>();
        given.forEach((key, value) -> {
            String name = String.valueOf(key);
            if (SettingKeys.isOurs(name)) {
                penstock.put(name, String.valueOf(value));
            } else if (key instanceof String && value instanceof String text) {
                driver.setProperty(name, text);
            } else {
                ignored.add(name);
            }
        });
        Collections.sort(ignored);
        return new SortedProperties(driver, penstock, List.copyOf(ignored));
    }

    /** Names only: values may be secrets. */
    @Override
    public String toString() {
        return "driver " + driver.keySet() + ", penstock " + penstock.keySet() + ", ignored " + ignored;
    }
}
