package dev.penstock.tools.tune.report;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * Ranges of latency, each about as many times as long as the one before.
 *
 * @param edges in microseconds, rising; a bucket lies between each two, the lower edge is its own
 */
record LatencyBuckets(List<Double> edges) {
    private static final List<Double> FINE = List.of(1.0, 1.5, 2.0, 3.0, 5.0, 7.0);
    private static final List<Double> MEDIUM = List.of(1.0, 2.0, 5.0);
    private static final List<Double> COARSE = List.of(1.0, 3.0);
    private static final int FEW_DECADES = 3;
    private static final int SOME_DECADES = 6;

    LatencyBuckets {
        edges = List.copyOf(edges);
    }

    /** As fine as the range allows; below a microsecond nothing is measured. */
    static LatencyBuckets between(double lowest, double highest) {
        double low = Math.max(1, lowest);
        double high = Math.max(low, highest);
        double decades = Math.log10(high / low);
        List<Double> steps = decades <= FEW_DECADES ? FINE : decades <= SOME_DECADES ? MEDIUM : COARSE;
        List<Double> edges = new ArrayList<>();
        for (double power = Math.pow(10, Math.floor(Math.log10(low))); power <= high; power *= 10) {
            for (double step : steps) {
                edges.add(step * power);
            }
        }
        edges.add(edges.get(edges.size() - steps.size()) * 10);
        return new LatencyBuckets(enclosing(edges, low, high));
    }

    private static List<Double> enclosing(List<Double> edges, double low, double high) {
        int start = 0;
        while (start + 2 < edges.size() && edges.get(start + 1) <= low) {
            start++;
        }
        int end = start + 1;
        while (end + 1 < edges.size() && edges.get(end) <= high) {
            end++;
        }
        return edges.subList(start, end + 1);
    }

    int count() {
        return edges.size() - 1;
    }

    /** Which share of all times is in each; all 0 of an empty histogram. */
    double[] shares(Histogram times) {
        double[] shares = new double[count()];
        for (HistogramIterationValue value : times.recordedValues()) {
            shares[bucket(value.getValueIteratedTo())] +=
                    (double) value.getCountAtValueIteratedTo() / times.getTotalCount();
        }
        return shares;
    }

    private int bucket(long micros) {
        int bucket = 0;
        while (bucket + 1 < count() && micros >= edges.get(bucket + 1)) {
            bucket++;
        }
        return bucket;
    }
}
