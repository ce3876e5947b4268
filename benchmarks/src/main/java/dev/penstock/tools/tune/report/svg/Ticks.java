package dev.penstock.tools.tune.report.svg;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Round numbers for axes. */
public final class Ticks {
    private static final int ABOUT = 5;
    private static final int DECADES_WITH_STEPS = 2;
    private static final int MOST_DECADES = 6;
    private static final List<Integer> STEPS = List.of(1, 2, 5);

    private Ticks() {}

    /** From 0 to the first that is no less than the highest value; to 1 if that is not above 0. */
    static List<Double> linear(double highest) {
        double end = highest > 0 ? highest : 1;
        double step = step(end / ABOUT);
        int last = (int) Math.ceil(end / step * (1 - 1e-9));
        return IntStream.rangeClosed(0, last).mapToObj(i -> rounded(i * step)).toList();
    }

    /** Whole numbers from 0 that are no more than the highest. */
    static List<Double> counts(int highest) {
        double step = Math.max(1, step((double) highest / ABOUT));
        int last = (int) (highest / step);
        return IntStream.rangeClosed(0, last).mapToObj(i -> rounded(i * step)).toList();
    }

    /** Powers of ten, and 2 and 5 of each where there are few; the first and the last enclose the values. */
    static List<Double> logarithmic(double lowest, double highest) {
        int first = (int) Math.floor(Math.log10(lowest) + 1e-9);
        int last = Math.max(first + 1, (int) Math.ceil(Math.log10(highest) - 1e-9));
        boolean few = last - first <= DECADES_WITH_STEPS;
        int stride = few ? 1 : (last - first + MOST_DECADES - 1) / MOST_DECADES;
        List<Double> all = new ArrayList<>();
        for (int decade = first; decade < last + stride; decade += stride) {
            for (int step : few ? STEPS : STEPS.subList(0, 1)) {
                all.add(rounded(step * Math.pow(10, decade)));
            }
        }
        return enclosing(all, lowest, highest);
    }

    /** Of rising values those from the last that is no more than the lowest to the first that is no less than the highest. */
    private static List<Double> enclosing(List<Double> all, double lowest, double highest) {
        int start = 0;
        while (start + 2 < all.size() && all.get(start + 1) <= lowest) {
            start++;
        }
        int end = start + 1;
        while (end + 1 < all.size() && all.get(end) < highest) {
            end++;
        }
        return all.subList(start, end + 1);
    }

    /** The next of 1, 2, 5, 10, 20, ... */
    private static double step(double least) {
        double power = Math.pow(10, Math.floor(Math.log10(least)));
        return STEPS.stream()
                .mapToDouble(step -> step * power)
                .filter(step -> step >= least * (1 - 1e-9))
                .findFirst()
                .orElse(10 * power);
    }

    /** Without the dust of binary fractions. */
    private static double rounded(double value) {
        return new BigDecimal(value, new MathContext(12)).doubleValue();
    }
}
