package dev.penstock.tools.tune.search;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Whether a better throughput may hide between two sizes that were measured: a server with so many processors has its
 * best there, and falls on either side.
 *
 * <p>{@code n / X} is convex, so between two sizes it lies above the lines through their neighbours on either side. Where
 * these cross, the best throughput is possible.
 *
 * @param worthwhile share of the best throughput that another must be better by
 */
record Peak(Samples samples, double worthwhile) {
    /** Gaps of less than this share of the size are not looked into. */
    private static final double NARROW = 0.04;

    /** As near to either side of a gap, as a share of it, as makes sense. */
    private static final double INSIDE = 0.25;

    private record Gap(int size, double possible) {}

    /** The size to look at; empty if nothing worthwhile can be hidden. */
    Optional<Plan> next() {
        List<Integer> sizes = samples.sizes();
        double best = sizes.stream().mapToDouble(samples::throughput).max().orElseThrow();
        return IntStream.range(0, sizes.size() - 1)
                .filter(i -> sizes.get(i + 1) - sizes.get(i) >= Math.max(2, NARROW * sizes.get(i + 1)))
                .mapToObj(i -> gap(sizes, i))
                .filter(gap -> gap.possible > best * (1 + worthwhile))
                .max(Comparator.comparingDouble(Gap::possible))
                .map(gap -> new Plan(gap.size, "the best throughput may hide here"));
    }

    /** The best that is possible between this size and the next. */
    private Gap gap(List<Integer> sizes, int index) {
        int left = sizes.get(index);
        int right = sizes.get(index + 1);
        IntToDoubleFunction possible =
                size -> size / Math.max(line(sizes, index - 1, index, size), line(sizes, index + 2, index + 1, size));
        int highest = IntStream.range(left + 1, right)
                .boxed()
                .max(Comparator.comparingDouble(possible::applyAsDouble))
                .orElseThrow();
        int margin = (int) (INSIDE * (right - left));
        int inside =
                Math.max(left + 1, Math.min(right - 1, Math.max(left + margin, Math.min(right - margin, highest))));
        return new Gap(inside, possible.applyAsDouble(highest));
    }

    /** The line through two measured sizes, at another one; where the farther of them is missing, what is known. */
    private double line(List<Integer> sizes, int far, int near, int size) {
        double at = held(sizes.get(near));
        if (far < 0) {
            return at; // one connection more does not make the others faster
        }
        if (far >= sizes.size()) {
            return 0; // how steeply it rises up to the largest size is not known
        }
        double slope = (at - held(sizes.get(far))) / (sizes.get(near) - sizes.get(far));
        return at + Math.max(0, slope) * (size - sizes.get(near));
    }

    private double held(int size) {
        return size / samples.throughput(size);
    }
}
