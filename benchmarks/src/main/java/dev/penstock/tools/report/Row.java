package dev.penstock.tools.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One line of the table.
 *
 * @param name what was measured
 * @param measured in words
 * @param limit in words
 * @param verdict whether the limit is kept
 * @param remarks further lines, below the table
 * @param figures for JSON
 */
public record Row(
        String name, String measured, String limit, RowVerdict verdict, List<String> remarks, Map<String, ?> figures) {
    /** Copies the lists. */
    public Row {
        remarks = List.copyOf(remarks);
        figures = new LinkedHashMap<>(figures);
    }

    /** Nothing but a line. */
    public static Row of(String name, String measured, String limit, RowVerdict verdict) {
        return new Row(name, measured, limit, verdict, List.of(), Map.of());
    }

    /** A promise that could not be looked at is not kept. */
    public static Row notMeasured(String name, Exception why) {
        return of(name, "NOT MEASURED", "-", RowVerdict.BROKEN).with(List.of(firstLine(why)));
    }

    /** With these lines below the table. */
    public Row with(List<String> moreRemarks) {
        return new Row(name, measured, limit, verdict, moreRemarks, figures);
    }

    /** With these figures for JSON. */
    public Row with(Map<String, ?> allFigures) {
        return new Row(name, measured, limit, verdict, remarks, allFigures);
    }

    /** In ASCII. */
    public static String firstLine(Throwable failure) {
        return failure.toString().lines().findFirst().orElse("").replaceAll("[^ -~]", "?");
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("measured", measured);
        json.put("limit", limit);
        json.put("verdict", verdict.name());
        json.put("figures", figures);
        json.put("remarks", remarks);
        return json;
    }
}
