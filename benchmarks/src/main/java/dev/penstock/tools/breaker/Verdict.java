package dev.penstock.tools.breaker;

/** What is made of a row. */
enum Verdict {
    KEPT("yes"),
    /** The limit is broken, or nothing could be measured. */
    BROKEN("NO"),
    /** There is no limit; the figure is for the reader. */
    STATED("-");

    private final String label;

    Verdict(String label) {
        this.label = label;
    }

    static Verdict of(boolean kept) {
        return kept ? KEPT : BROKEN;
    }

    String label() {
        return label;
    }
}
