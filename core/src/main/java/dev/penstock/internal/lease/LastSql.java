package dev.penstock.internal.lease;

import org.jspecify.annotations.Nullable;

/** The text prepared last on one connection; outlives the handle that notes it. Thread-safe. */
final class LastSql {
    /** Characters: statements with thousands of placeholders are for nobody's log. */
    private static final int LONGEST = 2_000;

    private volatile @Nullable String text;

    void note(String prepared) {
        text = prepared;
    }

    @Nullable String text() {
        String whole = text;
        return whole == null || whole.length() <= LONGEST
                ? whole
                : whole.substring(0, LONGEST) + " ... (" + whole.length() + " characters)";
    }
}
