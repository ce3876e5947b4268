package dev.penstock.tools.tune.search;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The first look: each size about twice the one before, the largest last, and no farther than it makes sense. */
record Sweep(Goal goal) {
    /** Throughput that has fallen to this share of the best does not come back: {@code n / X} is convex. */
    private static final double LOST = 0.8;

    /** The next size of the sweep; empty when it is through. */
    Optional<Plan> next(Samples samples) {
        if (hopeless(samples)) {
            return Optional.empty();
        }
        return IntStream.concat(
                        IntStream.iterate(goal.smallest(), size -> size * 4L <= goal.largest() * 3L, size -> size * 2),
                        IntStream.of(goal.largest()))
                .filter(size -> !samples.has(size))
                .filter(size -> samples.sizes().stream().noneMatch(measured -> measured > size))
                .mapToObj(size -> new Plan(size, "first look, from small to large"))
                .findFirst();
    }

    /** Whether two sizes one after the other have lost throughput: larger ones would only hurt the server. */
    private static boolean hopeless(Samples samples) {
        List<Integer> sizes = samples.sizes();
        double best = sizes.stream().mapToDouble(samples::throughput).max().orElse(0);
        int last = sizes.size() - 1;
        return sizes.size() > 3
                && samples.throughput(sizes.get(last)) < LOST * best
                && samples.throughput(sizes.get(last)) < samples.throughput(sizes.get(last - 1))
                && samples.throughput(sizes.get(last - 1)) < best * (1 + LOST) / 2;
    }
}
