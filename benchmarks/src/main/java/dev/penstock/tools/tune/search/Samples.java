package dev.penstock.tools.tune.search;

import dev.penstock.lab.stats.Sample;
import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/**
 * What was measured, by size. Immutable.
 *
 * @param all in order
 */
record Samples(List<Measured> all) {
    private static final double MICROS = 1e6;
    private static final double P99 = 99;

    Samples {
        all = List.copyOf(all);
    }

    /** Those in which some unit of work went well, and has times: the others have nothing to reckon with. */
    Samples usable() {
        return new Samples(all.stream().filter(Samples::tells).toList());
    }

    static boolean tells(Measured measured) {
        return measured.throughput() > 0 && measured.times().took().getTotalCount() > 0;
    }

    /** Ascending, each once. */
    List<Integer> sizes() {
        return all.stream().map(Measured::size).distinct().sorted().toList();
    }

    int count(int size) {
        return of(size).size();
    }

    boolean has(int size) {
        return count(size) > 0;
    }

    List<Measured> of(int size) {
        return all.stream().filter(m -> m.size() == size).toList();
    }

    /** In the middle of the measurements of a size; there must be one. */
    double median(int size, ToDoubleFunction<Measured> figure) {
        return Sample.of(of(size).stream().mapToDouble(figure).toArray()).median();
    }

    double throughput(int size) {
        return median(size, Measured::throughput);
    }

    /**
     * 99th percentile of waiting and service together, in seconds: in the middle of the measurements, and of the two in
     * the middle the better one, because whatever disturbs makes it worse, by far.
     */
    double p99(int size) {
        double[] sorted = of(size).stream().mapToDouble(Samples::p99).sorted().toArray();
        return sorted[(sorted.length - 1) / 2];
    }

    /** 99th percentile of the wait for a connection, in seconds. */
    double waited(int size) {
        return median(size, m -> p99(m.times().waited()));
    }

    double[] values(ToDoubleFunction<Measured> figure) {
        return all.stream().mapToDouble(figure).toArray();
    }

    static double p99(Measured measured) {
        return p99(measured.times().took());
    }

    static double p99(Histogram histogram) {
        return histogram.getValueAtPercentile(P99) / MICROS;
    }

    static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
