package dev.penstock.tools.tune.report;

import dev.penstock.lab.stats.Sample;
import dev.penstock.tools.tune.search.Measured;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import org.HdrHistogram.Histogram;

/**
 * All measurements of one size. What is told of them is their median, but for counts, which are sums.
 *
 * @param size of the pool
 * @param runs at least one
 */
record SizeSummary(int size, List<Measured> runs) {
    SizeSummary {
        runs = List.copyOf(runs);
    }

    /** Units of work per second that went well; 0 if no clock ran. */
    double throughput() {
        return median(runs.stream().mapToDouble(Measured::throughput)).orElse(0);
    }

    /** In microseconds; empty if no unit of work came to its end. */
    OptionalDouble percentile(Part part, double percentile) {
        return median(runs.stream()
                .map(run -> part.of(run.times()))
                .filter(histogram -> histogram.getTotalCount() > 0)
                .mapToDouble(histogram -> histogram.getValueAtPercentile(percentile)));
    }

    /** Share of the server's processors in use; empty where it could not be seen. */
    OptionalDouble serverCpu() {
        return median(
                runs.stream().map(Measured::serverCpu).filter(Objects::nonNull).mapToDouble(Double::doubleValue));
    }

    long done() {
        return runs.stream().mapToLong(Measured::done).sum();
    }

    long failed() {
        return runs.stream().mapToLong(Measured::failed).sum();
    }

    /** Of all measurements together. */
    Histogram times(Part part) {
        Histogram sum = new Histogram(2);
        sum.setAutoResize(true);
        runs.forEach(run -> sum.add(part.of(run.times())));
        return sum;
    }

    private static OptionalDouble median(DoubleStream values) {
        double[] finite = values.filter(Double::isFinite).toArray();
        return finite.length == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(Sample.of(finite).median());
    }
}
