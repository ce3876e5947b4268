package dev.penstock.tools.tune;

import dev.penstock.tools.report.Json;
import dev.penstock.tools.report.TextTable;
import dev.penstock.tools.tune.report.TuneReport;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Throughputs, and nothing else. */
final class PlainWriter implements Writer {
    @Override
    public List<String> table(TuneReport report) {
        TextTable table = new TextTable().number("size").number("units/s");
        report.findings()
                .measured()
                .forEach(one ->
                        table.row(Integer.toString(one.size()), String.format(Locale.ROOT, "%.0f", one.throughput())));
        return table.lines();
    }

    @Override
    public String json(TuneReport report) {
        return Json.of(report.findings().measured().stream()
                .map(one -> Map.of("size", one.size(), "throughput", one.throughput()))
                .toList());
    }

    @Override
    public String html(TuneReport report) {
        return "<!doctype html><title>tune</title><pre>" + String.join("\n", table(report)) + "</pre>\n";
    }
}
