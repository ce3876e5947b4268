package dev.penstock.tools.addresses;

import dev.penstock.lab.stats.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/**
 * The same connect several times.
 *
 * @param counted what is judged, at least one
 * @param doubtful what was repeated, because the limit was broken while the machine itself stood still
 */
record Repetitions(List<Attempt> counted, List<Attempt> doubtful) {
    /** A stall above this makes a broken limit doubtful; a smaller one explains nothing at limits of seconds. */
    static final Duration STALL = Duration.ofMillis(50);

    /** After that many repetitions a stall is no excuse any more. */
    static final int MAX_REPEATS = 3;

    Repetitions {
        counted = List.copyOf(counted);
        doubtful = List.copyOf(doubtful);
    }

    static Repetitions of(Attempt... counted) {
        return new Repetitions(List.of(counted), List.of());
    }

    /** Connects until {@code times} attempts count. */
    static Repetitions measure(int times, Duration limit, Supplier<Attempt> connect) {
        List<Attempt> counted = new ArrayList<>();
        List<Attempt> doubtful = new ArrayList<>();
        while (counted.size() < times) {
            Attempt attempt = connect.get();
            boolean excused = !attempt.within(limit) && attempt.stallNanos() > STALL.toNanos();
            (excused && doubtful.size() < MAX_REPEATS ? doubtful : counted).add(attempt);
        }
        return new Repetitions(counted, doubtful);
    }

    /** All of them usable in time. */
    boolean within(Duration limit) {
        return counted.stream().allMatch(attempt -> attempt.within(limit));
    }

    boolean allConnected() {
        return counted.stream().allMatch(Attempt::connected);
    }

    double medianMillis() {
        return Sample.of(counted.stream().mapToDouble(Attempt::millis).toArray())
                .median();
    }

    /** A failed one if there is any, else the slowest. */
    Attempt worst() {
        return counted.stream()
                .max(Comparator.<Attempt, Boolean>comparing(attempt -> !attempt.connected())
                        .thenComparing(Attempt::nanos))
                .orElseThrow();
    }
}
