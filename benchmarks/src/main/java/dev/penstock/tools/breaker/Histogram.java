package dev.penstock.tools.breaker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Attempts of a whole fleet by the second of an outage.
 *
 * @param perSecond how many there were in each
 */
record Histogram(List<Integer> perSecond) {
    private static final int PER_LINE = 10;

    Histogram {
        perSecond = List.copyOf(perSecond);
    }

    /** Of instants in nanoseconds from the beginning; what comes after the end does not count. */
    static Histogram of(Duration outage, List<Long> instants) {
        int[] perSecond = new int[(int) outage.toSeconds()];
        for (long at : instants) {
            int second = (int) (at / Duration.ofSeconds(1).toNanos());
            if (second < perSecond.length) {
                perSecond[second]++;
            }
        }
        return new Histogram(Arrays.stream(perSecond).boxed().toList());
    }

    int total() {
        return perSecond.stream().mapToInt(Integer::intValue).sum();
    }

    /** The share of one second, if all had the same. */
    double share() {
        return (double) total() / perSecond.size();
    }

    /** The fullest second. */
    int fullest() {
        return perSecond.indexOf(Collections.max(perSecond));
    }

    /** How many times its share the fullest second holds. */
    double worst() {
        return perSecond.get(fullest()) / share();
    }

    /** Ten seconds to a line. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (int from = 0; from < perSecond.size(); from += PER_LINE) {
            int to = Math.min(from + PER_LINE, perSecond.size());
            lines.add(String.format(Locale.ROOT, "seconds %2d to %2d: ", from, to - 1)
                    + perSecond.subList(from, to).stream()
                            .map(count -> String.format(Locale.ROOT, "%4d", count))
                            .collect(Collectors.joining(" ")));
        }
        return lines;
    }
}
