package dev.penstock.tools.tune.report;

import dev.penstock.tools.report.TextTable;
import dev.penstock.tools.tune.report.TuneReport.Surroundings;
import dev.penstock.tools.tune.usl.UslFit;
import java.util.ArrayList;
import java.util.List;

/** For the terminal: what was measured, the table, and what follows; the answer last, where one sees it. */
final class TextReport {
    private final TuneReport report;
    private final Sizes sizes;

    TextReport(TuneReport report) {
        this.report = report;
        this.sizes = Sizes.of(report.findings());
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>(surroundings());
        lines.add("");
        lines.addAll(table().lines());
        lines.add("Times in ms; medians where a size was measured more than once; failed: of all units of work.");
        UslFit fit = report.findings().fit();
        if (fit != null) {
            lines.add(law(fit));
        }
        lines.add("");
        lines.addAll(answer());
        return lines.stream().map(Ascii::harmless).toList();
    }

    private List<String> surroundings() {
        Surroundings s = report.surroundings();
        List<String> lines = new ArrayList<>();
        lines.add(s.server() + ": " + s.serverVersion() + "; mix " + s.mix() + ", " + s.loop() + "; "
                + Numbers.span(s.took()));
        if (s.room() != null) {
            lines.add("No larger size was looked at: " + s.room() + ".");
        }
        return lines;
    }

    private TextTable table() {
        TextTable table = new TextTable().number("size").number("runs").number("units/s");
        for (Part part : Part.values()) {
            table.number(part.title() + " p50").number("p95").number("p99");
        }
        table.number("server CPU").number("failed").text("");
        Notes notes = new Notes(report.findings().goal(), sizes);
        sizes.all().forEach(summary -> table.row(cells(summary, notes)));
        return table;
    }

    private static String[] cells(SizeSummary summary, Notes notes) {
        List<String> cells = new ArrayList<>(List.of(
                String.valueOf(summary.size()),
                String.valueOf(summary.runs().size()),
                Numbers.figure(summary.throughput())));
        for (Part part : Part.values()) {
            for (double percentile : Percentiles.SHOWN) {
                cells.add(Numbers.orDash(summary.percentile(part, percentile), Numbers::millis));
            }
        }
        cells.add(Numbers.orDash(summary.serverCpu(), Numbers::percent));
        cells.add(String.valueOf(summary.failed()));
        cells.add(notes.of(summary).isEmpty() ? "" : "<- " + String.join(", ", notes.of(summary)));
        return cells.toArray(String[]::new);
    }

    private static String law(UslFit fit) {
        String peak = Law.peak(fit.law());
        return "Universal Scalability Law: lambda " + Numbers.figure(fit.law().lambda()) + "/s, sigma "
                + Numbers.round(fit.law().sigma()) + ", kappa "
                + Numbers.round(fit.law().kappa()) + "; error "
                + Numbers.percent(fit.error()) + (peak.isEmpty() ? "" : "; best at " + peak);
    }

    private List<String> answer() {
        Verdicts verdicts = new Verdicts(report.findings());
        List<String> lines = new ArrayList<>();
        lines.add(verdicts.title() + ".");
        lines.addAll(verdicts.sentences());
        verdicts.reasons().forEach(reason -> lines.add("- " + reason));
        return lines;
    }
}
