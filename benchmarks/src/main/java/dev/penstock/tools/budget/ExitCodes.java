package dev.penstock.tools.budget;

import dev.penstock.budget.Verdict;

/** What the commands end with; from 64 on as in BSD's {@code sysexits.h}, so that none is taken for a verdict. */
final class ExitCodes {
    static final int OK = 0;
    static final int USAGE = 64;
    static final int BAD_FILE = 65;
    static final int NO_FILE = 66;
    static final int NO_SERVER = 69;
    static final int INTERNAL = 70;
    static final int NO_OUTPUT = 74;

    static final String HEADING = "%nExit codes:%n";

    static final String OK_SHOWN = " 0:the result was printed";
    static final String USAGE_SHOWN = "64:options or arguments are refused";
    static final String BAD_FILE_SHOWN = "65:the file is not a plan";
    static final String NO_FILE_SHOWN = "66:the file cannot be read";
    static final String NO_SERVER_SHOWN = "69:the server cannot be reached, or refuses us, or does not answer in time";
    static final String INTERNAL_SHOWN = "70:anything else";
    static final String NO_OUTPUT_SHOWN = "74:the result could not be written to standard output";

    private ExitCodes() {}

    static int of(Verdict verdict) {
        return switch (verdict) {
            case FITS -> 0;
            case TIGHT -> 1;
            case OVER -> 2;
        };
    }
}
