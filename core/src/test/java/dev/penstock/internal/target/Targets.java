package dev.penstock.internal.target;

import java.util.Properties;

/** Shorthand for targets in tests. */
final class Targets {
    static final String URL = "jdbc:postgresql://db1:5432/app";

    private Targets() {}

    static ConnectTarget of(String url, String... namesAndValues) {
        return ConnectTarget.of(url, properties(namesAndValues));
    }

    static Properties properties(String... namesAndValues) {
        Properties properties = new Properties();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            properties.setProperty(namesAndValues[i], namesAndValues[i + 1]);
        }
        return properties;
    }
}
