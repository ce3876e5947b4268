package dev.penstock.tools.tune.search;

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
 */
record Peak(Samples samples, double worthwhile) {
    /** Gaps of less than this share of the size are not looked into. */
    private static final double NARROW = 0.06;

    /** The size to look at; empty if nothing worthwhile can be hidden. */
    Optional<Plan> next() {
        List<Integer> sizes = samples.sizes();
        double best = sizes.stream().mapToDouble(samples::throughput).max().orElseThrow();
        int hidden = -1;
        double most = best * (1 + worthwhile);
        for (int i = 0; i + 1 < sizes.size(); i++) {
            int index = i;
            int left = sizes.get(i);
            int right = sizes.get(i + 1);
            if (right - left < Math.max(2, NARROW * right)) {
                continue;
            }
            IntToDoubleFunction possible = size -> size / Math.max(
                    line(sizes, index - 1, index, size), line(sizes, index + 2, index + 1, size));
            int highest = IntStream.range(left + 1, right)
                    .boxed()
                    .max((one, other) -> Double.compare(possible.applyAsDouble(one), possible.applyAsDouble(other)))
                    .orElseThrow();
            if (possible.applyAsDouble(highest) > most) {
                most = possible.applyAsDouble(highest);
                hidden = highest;
            }
        }
        return hidden < 0 ? Optional.empty() : Optional.of(new Plan(hidden, "the best throughput may hide here"));
    }

    /** The line through two measured sizes, at another one; without the first of them level. */
    private double line(List<Integer> sizes, int far, int near, int size) {
        double at = held(sizes.get(near));
        if (far < 0 || far >= sizes.size()) {
            return far < 0 ? at : at * size / sizes.get(near);
        }
        double slope = (at - held(sizes.get(far))) / (sizes.get(near) - sizes.get(far));
        return at + Math.max(0, slope) * (size - sizes.get(near));
    }

    private double held(int size) {
        return size / samples.throughput(size);
    }
}
