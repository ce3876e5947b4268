package dev.penstock.tools.tune.report;

import dev.penstock.tools.tune.report.svg.Element;
import dev.penstock.tools.tune.report.svg.PathBuilder;
import dev.penstock.tools.tune.report.svg.Plot;
import dev.penstock.tools.tune.report.svg.Scale;
import dev.penstock.tools.tune.report.svg.Shapes;
import dev.penstock.tools.tune.report.svg.Shapes.Mark;
import dev.penstock.tools.tune.search.Findings;
import dev.penstock.tools.tune.search.Measured;
import dev.penstock.tools.tune.usl.UslFit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/** Throughput against the size of the pool: each measurement, the law, what is near to the best, the recommendation. */
final class ThroughputChart {
    /** A law that is far above all that was measured must not press it down. */
    private static final double HEADROOM = 1.25;

    /** Error of a law that says little of what was measured. */
    private static final double FAR_OFF = 0.1;

    private static final int STEPS = 160;

    private final Findings findings;
    private final Sizes sizes;
    private final Scale x;
    private final Scale y;

    ThroughputChart(Findings findings, Sizes sizes) {
        this.findings = findings;
        this.sizes = sizes;
        this.x = Scale.counts(sizes.largest(), Plot.LEFT, Plot.RIGHT);
        this.y = Scale.linear(highest(), Plot.BOTTOM, Plot.TOP);
    }

    private double highest() {
        double measured = findings.measured().stream()
                .mapToDouble(Measured::throughput)
                .filter(Double::isFinite)
                .max()
                .orElse(0);
        return Math.max(measured, Math.min(measured * HEADROOM, curve().max().orElse(0)));
    }

    Element svg() {
        Element svg = Plot.chart("throughput", "chart throughput", "Throughput against pool size", description())
                .add(band())
                .add(Plot.verticalAxis(y, Numbers::tick), Plot.horizontalAxis(x, Numbers::tick, "connections"));
        if (sizes.chosen() != null) {
            svg.add(Plot.marker(x.at(sizes.chosen()), "recommended: " + sizes.chosen()));
        }
        return svg.add(law()).add(points());
    }

    private List<Element> band() {
        double best = best();
        double least = best * (1 - findings.goal().within());
        return best > 0
                ? List.of(Shapes.rectangle(Plot.LEFT, y.at(best), Plot.RIGHT, y.at(least))
                        .with("class", "band"))
                : List.of();
    }

    /** By the law, which knows more than the luckiest measurement, unless it is far from them. */
    private double best() {
        double measured = sizes.best().map(SizeSummary::throughput).orElse(0.0);
        double law = curve().max().orElse(0);
        UslFit fit = findings.fit();
        boolean near = fit != null && fit.error() <= FAR_OFF && law > 0 && law <= measured * HEADROOM;
        return near ? law : measured;
    }

    private List<Element> law() {
        UslFit fit = findings.fit();
        if (fit == null) {
            return List.of();
        }
        PathBuilder path = new PathBuilder();
        for (int i = 0; i <= STEPS; i++) {
            double size = size(i);
            double throughput = fit.law().throughput(size);
            if (y.holds(throughput)) {
                path.to(x.at(size), y.at(throughput));
            } else {
                path.lift();
            }
        }
        String d = path.open();
        return d.isEmpty() ? List.of() : List.of(Element.of("path", "law").with("d", d));
    }

    private DoubleStream curve() {
        UslFit fit = findings.fit();
        return fit == null
                ? DoubleStream.empty()
                : DoubleStream.iterate(0, i -> i <= STEPS, i -> i + 1)
                        .map(i -> fit.law().throughput(size(i)))
                        .filter(Double::isFinite);
    }

    private double size(double step) {
        return 1 + (sizes.largest() - 1) * step / STEPS;
    }

    private List<Element> points() {
        List<Element> points = new ArrayList<>();
        for (Measured measured : findings.measured()) {
            double throughput = measured.throughput();
            if (Double.isFinite(throughput)) {
                boolean chosen = Integer.valueOf(measured.size()).equals(sizes.chosen());
                points.add(Shapes.mark(
                        Mark.CIRCLE,
                        chosen ? "point chosen" : "point",
                        x.at(measured.size()),
                        y.at(throughput),
                        "size " + measured.size() + ": " + Numbers.figure(throughput) + " units/s"));
            }
        }
        return points;
    }

    private String description() {
        return sizes.best()
                .map(best -> findings.measured().size() + " measurements of "
                        + sizes.all().size() + " sizes; the best is " + Numbers.figure(best.throughput())
                        + " units per second with " + best.size() + " connections.")
                .orElse("No unit of work went well.");
    }
}
