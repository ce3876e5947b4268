package dev.penstock.tools.suite;

import dev.penstock.lab.stats.Interval;
import dev.penstock.tools.report.Json;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A run as JSON, figures unrounded. What a row has not is null. */
final class SuiteJson {
    private SuiteJson() {}

    static String of(SuiteReport report) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("mode", report.effort().name().toLowerCase(Locale.ROOT));
        json.put("facts", report.facts());
        json.put("kept", report.kept());
        json.put("groups", report.groups().stream().map(SuiteJson::group).toList());
        return Json.of(json);
    }

    private static Map<String, @Nullable Object> group(GroupResult group) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", group.group());
        json.put("notMeasured", group.failure());
        json.put("rows", group.figures().stream().map(SuiteJson::figure).toList());
        return json;
    }

    private static Map<String, @Nullable Object> figure(Figure figure) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", figure.name());
        json.put("value", figure.value());
        json.put("unit", figure.unit());
        json.put("ratio", interval(figure.ratio()));
        json.put("above", interval(figure.above()));
        json.put("bytes", figure.bytes());
        json.put("forks", figure.forks());
        Figure.Kept promise = figure.promise();
        json.put("promise", promise == null ? null : Map.of("text", promise.text(), "kept", promise.kept()));
        return json;
    }

    private static @Nullable Map<String, Double> interval(@Nullable Interval interval) {
        if (interval == null) {
            return null;
        }
        Map<String, Double> json = new LinkedHashMap<>();
        json.put("low", interval.low());
        json.put("estimate", interval.estimate());
        json.put("high", interval.high());
        return json;
    }
}
