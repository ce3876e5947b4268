package dev.penstock.tools.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * All rows, as text and as JSON.
 *
 * @param quick whether it was the short form
 * @param rows in the order of the measurements
 */
public record RowReport(boolean quick, List<Row> rows) {

    /** Whether no limit is broken. */
    public boolean kept() {
        return rows.stream().noneMatch(row -> row.verdict() == RowVerdict.BROKEN);
    }

    /** Table, remarks, and the verdict on the last line. */
    public List<String> lines() {
        TextTable table =
                new TextTable().text("what").text("measured").text("limit").text("kept");
        rows.forEach(row ->
                table.row(row.name(), row.measured(), row.limit(), row.verdict().label()));
        List<String> lines = new ArrayList<>(table.lines());
        lines.add("");
        rows.stream().filter(row -> !row.remarks().isEmpty()).forEach(row -> {
            lines.add(row.name());
            row.remarks().forEach(remark -> lines.add("  " + remark));
        });
        lines.add(lastLine());
        return lines;
    }

    private String lastLine() {
        String broken = rows.stream()
                .filter(row -> row.verdict() == RowVerdict.BROKEN)
                .map(Row::name)
                .collect(Collectors.joining("; "));
        return rows.size() + " rows" + (quick ? ", quick" : "") + ": "
                + (broken.isEmpty() ? "all limits kept" : "BROKEN: " + broken);
    }

    /** All figures. */
    public String json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("quick", quick);
        json.put("kept", kept());
        json.put("rows", rows.stream().map(Row::json).toList());
        return Json.of(json);
    }
}
