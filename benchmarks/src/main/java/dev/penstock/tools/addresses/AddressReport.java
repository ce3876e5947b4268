package dev.penstock.tools.addresses;

import dev.penstock.tools.report.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One table over all cases.
 *
 * @param results in the order of the cases
 */
record AddressReport(List<CaseResult> results) {

    boolean kept() {
        return results.stream().allMatch(CaseResult::kept);
    }

    /** Table, remarks, and the verdict on the last line. */
    List<String> lines() {
        TextTable table = new TextTable()
                .text("case")
                .text("measured")
                .number("limit")
                .text("kept")
                .text("plain pgjdbc");
        results.forEach(result -> table.row(
                result.name(), result.measured(), result.limit(), result.kept() ? "yes" : "NO", result.today()));
        List<String> lines = new ArrayList<>(table.lines());
        lines.add("");
        results.forEach(result -> lines.addAll(result.remarks()));
        lines.add(lastLine());
        return lines;
    }

    private String lastLine() {
        String broken = results.stream()
                .filter(result -> !result.kept())
                .map(CaseResult::name)
                .collect(Collectors.joining("; "));
        return results.size() + " cases: " + (broken.isEmpty() ? "all limits kept" : "BROKEN: " + broken);
    }
}
