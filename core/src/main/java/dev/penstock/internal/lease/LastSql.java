package dev.penstock.internal.lease;

import org.jspecify.annotations.Nullable;

/** The text prepared last on one connection; outlives the handle that notes it. Thread-safe. */
final class LastSql {
    private volatile @Nullable String text;

    void note(String prepared) {
        text = prepared;
    }

    @Nullable String text() {
        return text;
    }
}
