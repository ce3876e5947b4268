package dev.penstock.tools.tune.search;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.HdrHistogram.Histogram;

/** A server without chance, which does as it is told. */
final class ScriptedLoad implements Load {
    /** What becomes of a measurement that is not as usual. */
    @FunctionalInterface
    interface Event {
        Measured happens(Measured usual) throws InterruptedException, LoadStoppedException;
    }

    private final IntToDoubleFunction throughput;
    private final IntToDoubleFunction p99;
    private final IntToDoubleFunction waited;
    private final List<Integer> sizes = new ArrayList<>();
    private int eventAt;
    private Event event = usual -> usual;

    /**
     * Figures by size.
     *
     * @param throughput units per second
     * @param p99 of waiting and service, in seconds
     * @param waited 99th percentile too, in seconds
     */
    ScriptedLoad(IntToDoubleFunction throughput, IntToDoubleFunction p99, IntToDoubleFunction waited) {
        this.throughput = throughput;
        this.p99 = p99;
        this.waited = waited;
    }

    /** Where callers wait, and nobody asks how long all takes. */
    ScriptedLoad(IntToDoubleFunction throughput) {
        this(throughput, size -> 0.1, size -> 0.05);
    }

    /** Something happens to that measurement; 1 for the first. */
    ScriptedLoad at(int number, Event what) {
        eventAt = number;
        event = what;
        return this;
    }

    /** All that were measured, in order. */
    List<Integer> sizes() {
        return sizes;
    }

    @Override
    public Measured measure(int size, Effort effort) throws InterruptedException, LoadStoppedException {
        sizes.add(size);
        Measured usual = measured(size, effort, throughput.applyAsDouble(size), p99.applyAsDouble(size));
        return sizes.size() == eventAt ? event.happens(usual) : usual;
    }

    Measured measured(int size, Effort effort, double rate, double latency) {
        long done = Math.round(rate * effort.measured().toSeconds());
        Times times = new Times(always(waited.applyAsDouble(size), done), always(0.01, done), always(latency, done));
        return new Measured(size, effort.measured(), done, 0, times, null);
    }

    private static Histogram always(double seconds, long count) {
        Histogram histogram = Times.histogram();
        histogram.recordValueWithCount(Math.round(seconds * 1e6), Math.max(1, count));
        return histogram;
    }
}
