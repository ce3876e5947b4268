package dev.penstock.tools.budget;

import java.util.Locale;

/** How a result is printed. */
enum Format {
    /** Aligned columns, for a terminal. */
    TABLE,
    /** One object on one line. */
    JSON,
    /** For a ticket or a wiki. */
    MARKDOWN;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
