package dev.penstock.tools.tune.report;

import dev.penstock.tools.tune.report.svg.Element;
import dev.penstock.tools.tune.report.svg.Plot;
import dev.penstock.tools.tune.report.svg.Shapes;
import dev.penstock.tools.tune.search.Findings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.HdrHistogram.Histogram;

/** How latencies are spread: a column for each measured size, a row for each bucket, the shade is the share of units. */
final class HeatMap {
    /** Least share of each shade; more than nothing for the first. */
    static final List<Double> SHADES = List.of(0.0, 0.01, 0.05, 0.15, 0.35);

    private static final double ROOM_FOR_LABEL = 24;
    private static final double ROOM_FOR_TICK = 18;
    private static final double BASELINE = 4;

    private record Column(SizeSummary summary, Histogram times) {}

    private final Findings findings;
    private final Sizes sizes;
    private final List<Column> columns;
    private final LatencyBuckets buckets;

    HeatMap(Findings findings, Sizes sizes) {
        this.findings = findings;
        this.sizes = sizes;
        this.columns = sizes.all().stream()
                .map(summary -> new Column(summary, summary.times(Part.BOTH)))
                .filter(column -> column.times().getTotalCount() > 0)
                .toList();
        this.buckets = LatencyBuckets.between(
                times(Histogram::getMinValue).min().orElse(1),
                times(Histogram::getMaxValue).max().orElse(1));
    }

    private DoubleStream times(ToDoubleFunction<Histogram> value) {
        return columns.stream().map(Column::times).mapToDouble(value);
    }

    Element svg() {
        Element svg = Plot.chart("heat", "chart heat", "How latencies are spread, by pool size", description());
        svg.add(rows());
        for (int i = 0; i < columns.size(); i++) {
            svg.add(cells(i));
        }
        return svg.add(sizesBelow()).add(target()).add(chosen()).add(Plot.axisName("connections"));
    }

    /** A number at the lower edge of every row for which there is room. */
    private List<Element> rows() {
        List<Element> labels = new ArrayList<>();
        double last = Double.POSITIVE_INFINITY;
        for (int i = 0; i < buckets.edges().size(); i++) {
            double y = top(i) + height();
            if (last - y >= ROOM_FOR_TICK) {
                labels.add(Shapes.text(
                        "tick end",
                        Plot.LEFT - 8,
                        y + BASELINE,
                        Numbers.time(buckets.edges().get(i))));
                last = y;
            }
        }
        return labels;
    }

    private List<Element> cells(int column) {
        List<Element> cells = new ArrayList<>();
        double[] shares = buckets.shares(columns.get(column).times());
        for (int row = 0; row < shares.length; row++) {
            if (shares[row] > 0) {
                cells.add(Shapes.rectangle(left(column), top(row), left(column + 1), top(row) + height())
                        .with("class", "cell " + shade(shares[row]))
                        .add(Element.of("title").text(hint(column, row, shares[row]))));
            }
        }
        return cells;
    }

    private String hint(int column, int row, double share) {
        return "size " + columns.get(column).summary().size() + ", "
                + Numbers.time(buckets.edges().get(row)) + " to "
                + Numbers.time(buckets.edges().get(row + 1)) + ": "
                + (share < 0.0001 ? "less than 0.01 %" : Numbers.percent(share)) + " of units";
    }

    /** Class of the style sheet. */
    private static String shade(double share) {
        int shade = 1;
        while (shade < SHADES.size() && share >= SHADES.get(shade)) {
            shade++;
        }
        return "heat" + shade;
    }

    private List<Element> sizesBelow() {
        List<Element> labels = new ArrayList<>();
        double last = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < columns.size(); i++) {
            double middle = left(i + 0.5);
            if (middle - last >= ROOM_FOR_LABEL) {
                String size = String.valueOf(columns.get(i).summary().size());
                labels.add(Shapes.text("tick middle", middle, Plot.BOTTOM + 18, size));
                last = middle;
            }
        }
        return labels;
    }

    private List<Element> target() {
        Duration target = findings.goal().p99();
        if (target == null || columns.isEmpty()) {
            return List.of();
        }
        double micros = Numbers.micros(target);
        double low = buckets.edges().get(0);
        double high = buckets.edges().get(buckets.count());
        return micros < low || micros > high ? List.of() : List.of(Plot.limit(height(micros)));
    }

    /** Where in its bucket a value lies, by its logarithm. */
    private double height(double micros) {
        int row = 0;
        while (row + 1 < buckets.count() && micros >= buckets.edges().get(row + 1)) {
            row++;
        }
        double low = Math.log(buckets.edges().get(row));
        double high = Math.log(buckets.edges().get(row + 1));
        return top(row) + height() * (1 - (Math.log(micros) - low) / (high - low));
    }

    /** An outline around the recommended size. */
    private List<Element> chosen() {
        for (int i = 0; i < columns.size(); i++) {
            if (sizes.isChosen(columns.get(i).summary())) {
                return List.of(
                        Shapes.rectangle(left(i), Plot.TOP, left(i + 1), Plot.BOTTOM)
                                .with("class", "outline"),
                        Shapes.text(
                                "marker-text middle",
                                Math.max(Plot.LEFT + 50, Math.min(Plot.RIGHT - 50, left(i + 0.5))),
                                Plot.TOP - 8,
                                "recommended: " + sizes.chosen()));
            }
        }
        return List.of();
    }

    private double left(double column) {
        return Plot.LEFT + (Plot.RIGHT - Plot.LEFT) * column / Math.max(1, columns.size());
    }

    private double top(int row) {
        return Plot.BOTTOM - (row + 1) * height();
    }

    private double height() {
        return (Plot.BOTTOM - Plot.TOP) / buckets.count();
    }

    private String description() {
        return columns.stream()
                .max(Comparator.comparingDouble(column -> column.times().getMaxValue()))
                .map(worst -> "A column for each of " + columns.size() + " sizes. The longest time, "
                        + Numbers.time((double) worst.times().getMaxValue()) + ", was with "
                        + worst.summary().size() + " connections.")
                .orElse("No unit of work came to its end.");
    }
}
