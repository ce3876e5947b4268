package dev.penstock.tools.suite;

/** A file is none of results, or somebody has edited it. */
final class BadResultsException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Says where it went wrong. */
    BadResultsException(int line, IllegalArgumentException why) {
        super("line " + line + ": " + why.getMessage(), why);
    }
}
