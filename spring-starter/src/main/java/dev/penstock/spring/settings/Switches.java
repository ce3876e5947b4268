package dev.penstock.spring.settings;

import org.jspecify.annotations.Nullable;
import org.springframework.core.env.PropertyResolver;

/** Reads switches where there are no settings yet: in conditions, and before there is a context. */
public final class Switches {
    private Switches() {}

    /** Null if it is not set, or has a placeholder that stands for nothing: the settings refuse that, for people. */
    public static @Nullable String find(PropertyResolver environment, String name) {
        try {
            return environment.getProperty(name);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
