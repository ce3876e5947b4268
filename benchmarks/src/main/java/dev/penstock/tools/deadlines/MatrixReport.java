package dev.penstock.tools.deadlines;

import dev.penstock.tools.report.Json;
import dev.penstock.tools.report.TextTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the matrix has come to, as text and as JSON.
 *
 * @param deadline of every connect
 * @param limit by how much it may be overshot
 * @param results in the order of the matrix
 */
record MatrixReport(Duration deadline, Duration limit, List<CaseResult> results) {

    boolean kept() {
        return results.stream().allMatch(CaseResult::kept);
    }

    /** Table, doubts, broken promises, and the maximum on the last line. */
    List<String> lines() {
        List<String> lines = new ArrayList<>(table().lines());
        lines.add("");
        lines.add("overshoot: latest end after the deadline, '-' if all ended before it; stall: longest stall of the");
        lines.add("machine meanwhile; net: overshoot without stall; doubtful: runs that were repeated, because the");
        lines.add("promise was broken while the machine stalled for more than " + Verdict.STALL.toMillis() + " ms");
        results.forEach(result -> result.doubtful().forEach(run -> lines.add("doubtful: " + sentence(run))));
        results.stream()
                .filter(result -> !result.kept())
                .forEach(result -> lines.add("BROKEN: " + sentence(result.worst())));
        lines.add(lastLine());
        return lines;
    }

    private TextTable table() {
        TextTable table = new TextTable()
                .text("case")
                .number("connects")
                .text("ended as")
                .text("in")
                .number("ms")
                .number("overshoot ms")
                .number("stall ms")
                .number("net ms")
                .number("doubtful")
                .text("verdict");
        results.forEach(result -> row(table, result));
        return table;
    }

    private static void row(TextTable table, CaseResult result) {
        CaseRun worst = result.worst();
        Ending telling = worst.telling();
        long overshoot = worst.overshootNanos();
        table.row(
                result.fault().name(),
                Integer.toString(result.counted().stream()
                        .mapToInt(run -> run.endings().size())
                        .sum()),
                telling.label(),
                telling.phaseLabel(),
                Long.toString(Math.round(worst.elapsedNanos() / 1e6)),
                overshoot < 0 ? "-" : millis(overshoot),
                millis(worst.stallNanos()),
                overshoot < 0 ? "-" : millis(net(worst)),
                Integer.toString(result.doubtful().size()),
                result.kept() ? "ok" : result.verdict().name());
    }

    private static long net(CaseRun run) {
        return Math.max(0, run.overshootNanos() - run.stallNanos());
    }

    private static String sentence(CaseRun run) {
        Ending ending = run.telling();
        return run.fault().name() + ": " + ending.label() + " in " + ending.phaseLabel() + " after "
                + millis(ending.elapsedNanos()) + " ms, wanted " + run.fault().expected() + "; overshoot "
                + millis(run.overshootNanos()) + " ms, stall " + millis(run.stallNanos()) + " ms"
                + (ending.failure() == null || run.wrong().isEmpty() ? "" : "; " + firstLine(ending.failure()));
    }

    private static String firstLine(Throwable failure) {
        return failure.toString().lines().findFirst().orElse("").replaceAll("[^ -~]", "?");
    }

    private String lastLine() {
        long broken = results.stream().filter(result -> !result.kept()).count();
        CaseRun worst = worst();
        String maximum = "maximum overshoot " + millis(Math.max(0, worst.overshootNanos())) + " ms ("
                + worst.fault().name() + "; stall " + millis(worst.stallNanos()) + " ms), allowed " + limit.toMillis()
                + " ms";
        return results.size() + " cases, deadline " + deadline.toMillis() + " ms: "
                + (broken == 0 ? "all as promised, " : broken + " BROKEN, ") + maximum;
    }

    private CaseRun worst() {
        return results.stream()
                .flatMap(result -> result.counted().stream())
                .max((a, b) -> Long.compare(a.overshootNanos(), b.overshootNanos()))
                .orElseThrow();
    }

    private static String millis(long nanos) {
        return String.format(Locale.ROOT, "%.1f", nanos / 1e6);
    }

    /** Everything, with every run. */
    String json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("deadlineMillis", deadline.toMillis());
        json.put("limitMillis", limit.toMillis());
        json.put("kept", kept());
        json.put("cases", results.stream().map(MatrixReport::json).toList());
        return Json.of(json);
    }

    private static Map<String, Object> json(CaseResult result) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", result.fault().name());
        json.put("expected", result.fault().expected().toString());
        json.put("verdict", result.verdict().name());
        json.put("runs", result.counted().stream().map(MatrixReport::json).toList());
        json.put("doubtful", result.doubtful().stream().map(MatrixReport::json).toList());
        return json;
    }

    private static Map<String, Object> json(CaseRun run) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("connects", run.endings().size());
        json.put("outcome", run.telling().label());
        json.put("phase", run.telling().phaseLabel());
        json.put("elapsedMillis", run.elapsedNanos() / 1e6);
        json.put("overshootMillis", run.overshootNanos() / 1e6);
        json.put("stallMillis", run.stallNanos() / 1e6);
        return json;
    }
}
