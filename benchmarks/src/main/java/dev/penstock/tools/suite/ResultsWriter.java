package dev.penstock.tools.suite;

import dev.penstock.tools.report.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes {@code RESULTS.md}: for people, and for {@link ResultsReader}. */
final class ResultsWriter {
    static final String TITLE = "# What Penstock costs";
    static final String FACTS = "## When and where";
    static final String MODE = "mode";
    static final String NOT_MEASURED = "Not measured: ";

    private static final List<String> WORDS = List.of(
            "Written by `bench` of `penstock-tools`, read by `bench --check`, which parses the tables: run it anew"
                    + " instead of editing them.",
            "",
            "Ratios are to bare HikariCP, or to the plain driver, in the same run; the figures beside them are of this"
                    + " machine. Each fork that measures both sides, or each two of the same round, gives one ratio and"
                    + " one difference: \"ratio\" is the geometric mean of those, \"above\", what a row takes more than"
                    + " what it is compared with, the arithmetic mean of these. So they do not follow from \"value\","
                    + " which is the median of the forks of a row. \"B\" is what one operation allocates. Intervals"
                    + " are of 95 %, over the forks.");

    private ResultsWriter() {}

    /** The whole file. */
    static String markdown(SuiteReport report) {
        List<String> lines = new ArrayList<>(List.of(TITLE, ""));
        lines.addAll(WORDS);
        lines.addAll(List.of("", FACTS, ""));
        lines.addAll(facts(report).markdown());
        report.groups().forEach(group -> {
            lines.addAll(List.of("", "## " + group.group(), ""));
            String failure = group.failure();
            lines.addAll(
                    failure == null ? FigureTable.of(group.figures()).markdown() : List.of(NOT_MEASURED + failure));
        });
        return String.join("\n", lines) + "\n";
    }

    private static TextTable facts(SuiteReport report) {
        TextTable table = factTable();
        table.row(MODE, report.effort().name().toLowerCase(Locale.ROOT));
        report.facts().forEach(table::row);
        return table;
    }

    static TextTable factTable() {
        return new TextTable().text("what").text("is");
    }
}
