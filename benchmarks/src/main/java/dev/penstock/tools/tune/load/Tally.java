package dev.penstock.tools.tune.load;

import dev.penstock.tools.tune.search.Times;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** What one caller has counted; written by that caller alone, read when it has ended. */
final class Tally {
    private final Window window;
    private final Times times = new Times(Times.histogram(), Times.histogram(), Times.histogram());
    private final Map<String, Long> failures = new TreeMap<>();
    private long done;
    private long late;

    Tally(Window window) {
        this.window = window;
    }

    /**
     * A unit has come to its end.
     *
     * @param counts whether its times do
     * @param due when it should have begun
     * @param began when it had its connection; when it ended, if it never had one
     */
    void ended(boolean counts, long due, long began, long ended) {
        if (window.contains(ended)) {
            done++;
        }
        if (counts) {
            record(times.waited(), began - due);
            record(times.served(), ended - began);
            record(times.took(), ended - due);
        }
    }

    /** It has ended with an error, beside {@link #ended}. */
    void failed(String sqlState, long ended) {
        if (window.contains(ended)) {
            failures.merge(sqlState, 1L, Long::sum);
        }
    }

    /** A unit was due and has not begun: it has waited so long at least. */
    void neverBegan(long due, long now) {
        late++;
        record(times.waited(), now - due);
        record(times.took(), now - due);
    }

    private static void record(Histogram histogram, long nanos) {
        histogram.recordValue(TimeUnit.NANOSECONDS.toMicros(Math.max(0, nanos)));
    }

    /** Takes over what another has counted. */
    void add(Tally other) {
        done += other.done;
        late += other.late;
        times.waited().add(other.times.waited());
        times.served().add(other.times.served());
        times.took().add(other.times.took());
        other.failures.forEach((state, count) -> failures.merge(state, count, Long::sum));
    }

    long done() {
        return done;
    }

    /** How many never began. */
    long late() {
        return late;
    }

    /** How many failed, by SQLState. */
    Map<String, Long> failures() {
        return failures;
    }

    long failed() {
        return failures.values().stream().mapToLong(Long::longValue).sum();
    }

    Times times() {
        return times;
    }
}
