package dev.penstock.tools.suite;

/** How much is measured. */
public enum SuiteEffort {
    /** All groups in less than five minutes: to see whether something is badly wrong. */
    QUICK,
    /** Figures to quote. */
    FULL
}
