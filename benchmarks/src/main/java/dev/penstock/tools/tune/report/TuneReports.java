package dev.penstock.tools.tune.report;

import java.util.List;

/** What a run of {@code tune} has found, in three forms. */
public final class TuneReports {
    private TuneReports() {}

    /** For the terminal: table, law, and the answer last. */
    public static List<String> lines(TuneReport report) {
        return new TextReport(report).lines();
    }

    /** For other programs, on one line, in ASCII; the names are explained in docs/tuning.md. */
    public static String json(TuneReport report) {
        return new JsonReport(report).json();
    }

    /** For people: one page of HTML in UTF-8 that runs no script and loads nothing. */
    public static String html(TuneReport report) {
        return new HtmlReport(report).page();
    }
}
