package dev.penstock.feature;

import org.jspecify.annotations.Nullable;

/** Sets a system property for the length of a block; the tests of this module do not run in parallel. */
final class SystemProperty implements AutoCloseable {
    private final String name;
    private final @Nullable String before;

    SystemProperty(String name, String value) {
        this.name = name;
        this.before = System.getProperty(name);
        System.setProperty(name, value);
    }

    @Override
    public void close() {
        if (before == null) {
            System.clearProperty(name);
        } else {
            System.setProperty(name, before);
        }
    }
}
