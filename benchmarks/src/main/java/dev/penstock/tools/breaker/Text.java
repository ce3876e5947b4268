package dev.penstock.tools.breaker;

import dev.penstock.lab.stats.Sample;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Times in words. */
final class Text {
    private Text() {}

    static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.2f s", nanos / 1e9);
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.0f s", duration.toMillis() / 1e3);
    }

    static String millis(long nanos) {
        return String.format(Locale.ROOT, "%.1f ms", nanos / 1e6);
    }

    /** As a list for JSON. */
    static List<Double> allMillis(List<Long> nanos) {
        return nanos.stream().map(n -> n / 1e6).toList();
    }

    static String allSeconds(List<Long> nanos) {
        return nanos.stream()
                .sorted()
                .map(n -> String.format(Locale.ROOT, "%.2f", n / 1e9))
                .collect(Collectors.joining(" "));
    }

    static double medianMillis(List<Long> nanos) {
        return Sample.of(nanos.stream().mapToDouble(n -> n / 1e6).toArray()).median();
    }

    static long max(List<Long> nanos) {
        return nanos.stream().mapToLong(Long::longValue).max().orElse(0);
    }
}
