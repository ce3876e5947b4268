package dev.penstock.tools.report;

import dev.penstock.lab.fault.StallMonitor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The same measurement several times.
 *
 * @param counted what is judged, at least one
 * @param doubtful what was repeated, because the limit was broken while the machine itself stood still
 */
public record Repeats<T>(List<Reading<T>> counted, List<Reading<T>> doubtful) {
    /** A stall above this makes a broken limit doubtful: half of the 100 ms that most limits are. */
    static final long STALL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** After that many repetitions a stall is no excuse any more. */
    static final int MAX_REPEATS = 3;

    /**
     * What was measured once.
     *
     * @param value the figure
     * @param stallNanos longest stall of this JVM or machine that was seen meanwhile
     */
    public record Reading<T>(T value, long stallNanos) {
        /** Measures, and watches the machine meanwhile. */
        public static <T> Reading<T> of(Callable<T> once) throws Exception {
            try (StallMonitor monitor = StallMonitor.start()) {
                T value = once.call();
                return new Reading<>(value, monitor.max().toNanos());
            }
        }
    }

    /** Copies the lists. */
    public Repeats {
        counted = List.copyOf(counted);
        doubtful = List.copyOf(doubtful);
    }

    /** Until {@code times} readings count, one after the other. */
    public static <T> Repeats<T> measure(int times, Predicate<T> within, Callable<T> once) throws Exception {
        return measure(times, 1, within, () -> Reading.of(once));
    }

    /** The same, so many at once: for measurements that do little but wait. */
    public static <T> Repeats<T> measure(int times, int parallel, Predicate<T> within, Callable<Reading<T>> once)
            throws Exception {
        List<Reading<T>> counted = new ArrayList<>();
        List<Reading<T>> doubtful = new ArrayList<>();
        while (counted.size() < times) {
            for (Reading<T> reading : atOnce(times - counted.size(), parallel, once)) {
                boolean excused = !within.test(reading.value()) && reading.stallNanos() > STALL_NANOS;
                (excused && doubtful.size() < MAX_REPEATS ? doubtful : counted).add(reading);
            }
        }
        return new Repeats<>(counted, doubtful);
    }

    private static <T> List<T> atOnce(int times, int parallel, Callable<T> once) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(parallel);
        try {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                futures.add(threads.submit(once));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(get(future));
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    private static <T> T get(Future<T> future) throws Exception {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    /** What counts. */
    public List<T> values() {
        return counted.stream().map(Reading::value).toList();
    }

    /** What was repeated, in words. */
    public List<String> remarks(Function<T, String> text) {
        return doubtful.stream()
                .map(reading -> "doubtful, repeated: " + text.apply(reading.value()) + "; stall "
                        + reading.stallNanos() / 1_000_000 + " ms")
                .toList();
    }
}
