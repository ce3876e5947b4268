package dev.penstock.tools.tune;

import dev.penstock.tools.tune.report.TuneReport;
import java.util.List;

/** What becomes of a report. */
interface Writer {
    /** For a terminal. */
    List<String> table(TuneReport report);

    /** For programs. */
    String json(TuneReport report);

    /** A page of its own. */
    String html(TuneReport report);
}
