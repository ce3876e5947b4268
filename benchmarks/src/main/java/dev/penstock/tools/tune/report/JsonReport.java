package dev.penstock.tools.tune.report;

import dev.penstock.lab.stats.Interval;
import dev.penstock.tools.report.Json;
import dev.penstock.tools.tune.search.Goal;
import dev.penstock.tools.tune.search.Measured;
import dev.penstock.tools.tune.search.Recommendation;
import dev.penstock.tools.tune.usl.UslFit;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * All there is, for other programs. Names are stable, and explained in docs/tuning.md; what changes their meaning
 * raises {@code format}. Times are in milliseconds or seconds, as their names say; what is not there, or not a number,
 * is null.
 */
final class JsonReport {
    static final int FORMAT = 1;
    private static final double MILLIS = 1e3;

    private final TuneReport report;

    JsonReport(TuneReport report) {
        this.report = report;
    }

    String json() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("format", FORMAT);
        json.put("surroundings", surroundings());
        json.put("goal", goal());
        json.put("recommendation", recommendation());
        json.put("stopped", report.findings().stopped());
        json.put("costSeconds", seconds(report.findings().cost()));
        json.put("fit", fit(report.findings().fit()));
        json.put(
                "sizes",
                Sizes.of(report.findings()).all().stream().map(JsonReport::size).toList());
        json.put(
                "measurements",
                report.findings().measured().stream()
                        .map(JsonReport::measurement)
                        .toList());
        return Json.of(json);
    }

    private Map<String, @Nullable Object> surroundings() {
        TuneReport.Surroundings s = report.surroundings();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("server", s.server());
        json.put("serverVersion", s.serverVersion());
        json.put("mix", s.mix());
        json.put("loop", s.loop());
        json.put("room", s.room());
        json.put("machine", s.machine());
        json.put("jdk", s.jdk());
        json.put("pool", s.pool());
        json.put("startedAt", s.startedAt().toString());
        json.put("tookSeconds", seconds(s.took()));
        return json;
    }

    private Map<String, @Nullable Object> goal() {
        Goal goal = report.findings().goal();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("smallest", goal.smallest());
        json.put("largest", goal.largest());
        json.put("within", goal.within());
        json.put("p99Millis", goal.p99() == null ? null : Numbers.micros(goal.p99()) / MILLIS);
        return json;
    }

    private Map<String, @Nullable Object> recommendation() {
        Recommendation recommendation = report.findings().recommendation();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("verdict", recommendation.verdict().name());
        json.put("size", recommendation.size());
        json.put("least", recommendation.least());
        json.put("most", recommendation.most());
        json.put("reasons", recommendation.reasons());
        return json;
    }

    private static @Nullable Map<String, @Nullable Object> fit(@Nullable UslFit fit) {
        if (fit == null) {
            return null;
        }
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("lambda", finite(fit.law().lambda()));
        json.put("sigma", finite(fit.law().sigma()));
        json.put("kappa", finite(fit.law().kappa()));
        json.put("peak", finite(fit.law().peak()));
        json.put("error", finite(fit.error()));
        json.put("bounds", bounds(fit.bounds()));
        return json;
    }

    private static @Nullable Map<String, @Nullable Object> bounds(UslFit.@Nullable Bounds bounds) {
        if (bounds == null) {
            return null;
        }
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("lambda", interval(bounds.lambda()));
        json.put("sigma", interval(bounds.sigma()));
        json.put("kappa", interval(bounds.kappa()));
        return json;
    }

    private static List<@Nullable Object> interval(Interval interval) {
        return Arrays.asList(finite(interval.low()), finite(interval.high()));
    }

    private static Map<String, @Nullable Object> size(SizeSummary summary) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("size", summary.size());
        json.put("runs", summary.runs().size());
        json.put("throughput", finite(summary.throughput()));
        json.put("done", summary.done());
        json.put("failed", summary.failed());
        json.put("serverCpu", orNull(summary.serverCpu()));
        for (Part part : Part.values()) {
            Map<String, @Nullable Object> millis = new LinkedHashMap<>();
            for (double percentile : Percentiles.SHOWN) {
                OptionalDouble micros = summary.percentile(part, percentile);
                millis.put("p" + (int) percentile, micros.isPresent() ? micros.getAsDouble() / MILLIS : null);
            }
            json.put(part.title() + "Millis", millis);
        }
        return json;
    }

    private static Map<String, @Nullable Object> measurement(Measured measured) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("size", measured.size());
        json.put("seconds", seconds(measured.lasted()));
        json.put("throughput", finite(measured.throughput()));
        json.put("done", measured.done());
        json.put("failed", measured.failed());
        json.put("serverCpu", measured.serverCpu() == null ? null : finite(measured.serverCpu()));
        json.put("callersCpu", measured.callersCpu() == null ? null : finite(measured.callersCpu()));
        for (Part part : Part.values()) {
            json.put(part.title() + "Millis", times(part.of(measured.times())));
        }
        return json;
    }

    private static @Nullable Map<String, @Nullable Object> times(Histogram micros) {
        if (micros.getTotalCount() == 0) {
            return null;
        }
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("mean", micros.getMean() / MILLIS);
        json.put("p50", micros.getValueAtPercentile(50) / MILLIS);
        json.put("p90", micros.getValueAtPercentile(90) / MILLIS);
        json.put("p95", micros.getValueAtPercentile(95) / MILLIS);
        json.put("p99", micros.getValueAtPercentile(99) / MILLIS);
        json.put("p999", micros.getValueAtPercentile(99.9) / MILLIS);
        json.put("max", micros.getMaxValue() / MILLIS);
        return json;
    }

    private static double seconds(Duration duration) {
        return Numbers.micros(duration) / 1e6;
    }

    private static @Nullable Double orNull(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }

    private static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
