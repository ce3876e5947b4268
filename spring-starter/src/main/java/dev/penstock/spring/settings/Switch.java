package dev.penstock.spring.settings;

import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/** A switch of the starter's, looked at before there are settings: what it must not be they refuse, with a text for people. */
public final class Switch {
    private Switch() {}

    /** As it is set; null if it is not, or by a placeholder that stands for nothing. */
    public static @Nullable String text(Environment environment, String name) {
        try {
            return environment.getProperty(name);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
