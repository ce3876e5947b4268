package dev.penstock.tools.report;

/** What is made of a row. */
public enum RowVerdict {
    /** The limit is kept. */
    KEPT("yes"),
    /** The limit is broken, or nothing could be measured. */
    BROKEN("NO"),
    /** There is no limit; the figure is for the reader. */
    STATED("-");

    private final String label;

    RowVerdict(String label) {
        this.label = label;
    }

    /** Kept or broken. */
    public static RowVerdict of(boolean kept) {
        return kept ? KEPT : BROKEN;
    }

    /** In the table. */
    public String label() {
        return label;
    }
}
