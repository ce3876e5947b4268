package dev.penstock.tools.tune.report;

import dev.penstock.tools.tune.report.svg.Element;
import dev.penstock.tools.tune.report.svg.PathBuilder;
import dev.penstock.tools.tune.report.svg.Plot;
import dev.penstock.tools.tune.report.svg.Scale;
import dev.penstock.tools.tune.report.svg.Shapes;
import dev.penstock.tools.tune.search.Findings;
import dev.penstock.tools.tune.search.Measured;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/** The 99th percentile of wait, service and both against the size of the pool: a line through medians, all as points. */
final class LatencyChart {
    /** From this ratio on of the highest to the lowest the small ones would vanish on a linear scale. */
    private static final double WIDE = 20;

    /** No more than that is below the highest. */
    private static final double WIDEST = 1e4;

    /** A wait of next to nothing must not press all else together: what is below that is drawn at the lower edge. */
    private static final double BELOW_SERVICE = 5;

    private final Findings findings;
    private final Sizes sizes;
    private final Scale x;
    private final Scale y;
    private final boolean logarithmic;

    LatencyChart(Findings findings, Sizes sizes) {
        this.findings = findings;
        this.sizes = sizes;
        double highest = values(Part.values()).max().orElse(1);
        double served = values(Part.SERVICE, Part.BOTH).min().orElse(1);
        double floor = Math.max(served / BELOW_SERVICE, highest / WIDEST);
        double lowest = Math.max(floor, values(Part.values()).min().orElse(1));
        this.logarithmic = highest / lowest > WIDE;
        this.x = Scale.counts(sizes.largest(), Plot.LEFT, Plot.RIGHT);
        this.y = logarithmic
                ? Scale.logarithmic(lowest, highest, Plot.BOTTOM, Plot.TOP)
                : Scale.linear(highest, Plot.BOTTOM, Plot.TOP);
    }

    /** All that is drawn and is above 0. */
    private DoubleStream values(Part... parts) {
        Duration target = findings.goal().p99();
        DoubleStream measured = findings.measured().stream()
                .flatMap(run -> Stream.of(parts).map(part -> part.of(run.times())))
                .filter(times -> times.getTotalCount() > 0)
                .mapToDouble(LatencyChart::p99);
        return DoubleStream.concat(measured, target == null ? DoubleStream.empty() : DoubleStream.of(micros(target)))
                .filter(value -> value > 0);
    }

    boolean logarithmic() {
        return logarithmic;
    }

    Element svg() {
        Element svg = Plot.chart(
                        "latency", "chart latency", "99th percentile of times against pool size", description())
                .add(Plot.verticalAxis(y, Numbers::time), Plot.horizontalAxis(x, Numbers::tick, "connections"));
        if (sizes.chosen() != null) {
            svg.add(Plot.marker(x.at(sizes.chosen()), "recommended: " + sizes.chosen()));
        }
        Duration target = findings.goal().p99();
        if (target != null) {
            svg.add(Plot.limit(y.at(micros(target))));
        }
        for (Part part : Part.values()) {
            svg.add(line(part)).add(points(part));
        }
        return svg;
    }

    private List<Element> line(Part part) {
        PathBuilder path = new PathBuilder();
        for (SizeSummary summary : sizes.all()) {
            summary.percentile(part, Percentiles.TARGET)
                    .ifPresentOrElse(micros -> path.to(x.at(summary.size()), y.at(micros)), path::lift);
        }
        String d = path.open();
        return d.isEmpty()
                ? List.of()
                : List.of(Element.of("path", "line " + part.title()).with("d", d));
    }

    private List<Element> points(Part part) {
        List<Element> points = new ArrayList<>();
        for (Measured run : findings.measured()) {
            Histogram times = part.of(run.times());
            if (times.getTotalCount() > 0) {
                points.add(Shapes.mark(
                        part.mark(),
                        "point " + part.title(),
                        x.at(run.size()),
                        y.at(p99(times)),
                        "size " + run.size() + ", " + part.title() + ": p99 " + Numbers.time(p99(times))));
            }
        }
        return points;
    }

    private String description() {
        Duration target = findings.goal().p99();
        String all = "A line each for the wait for a connection, the service with it, and both together.";
        String ours = sizes.recommended()
                .map(chosen -> Numbers.orDash(chosen.percentile(Part.BOTH, Percentiles.TARGET), Numbers::time))
                .map(p99 -> " Both together take " + p99 + " with the recommended size.")
                .orElse("");
        return all + ours + (target == null ? "" : " The target is " + Numbers.time(target) + ".");
    }

    private static double p99(Histogram times) {
        return times.getValueAtPercentile(Percentiles.TARGET);
    }

    private static double micros(Duration duration) {
        return Numbers.micros(duration);
    }
}
