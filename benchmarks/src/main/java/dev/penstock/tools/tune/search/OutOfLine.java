package dev.penstock.tools.tune.search;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A size that was measured once, and is worse than it can be by its neighbours, or by which alone throughput is said to
 * fall: perhaps the server was busy with itself.
 */
record OutOfLine(Samples samples) {
    private static final double SIGMAS = 4;

    /** The size to look at again; empty if all is in line. */
    Optional<Plan> next() {
        List<Integer> sizes = samples.sizes();
        int last = sizes.size() - 1;
        return IntStream.rangeClosed(1, last)
                .filter(i -> samples.count(sizes.get(i)) == 1)
                .filter(i -> i == last || strange(sizes.get(i - 1), sizes.get(i), sizes.get(i + 1)))
                .filter(i -> i < last || falls(sizes.get(i - 1), sizes.get(i)))
                .mapToObj(i -> new Plan(sizes.get(i), "again, because it is worse than its neighbours"))
                .findFirst();
    }

    /** Whether a connection is held for longer than on the line between both sides, which is impossible. */
    private boolean strange(int left, int size, int right) {
        double share = (size - left) / (double) (right - left);
        double most = (1 - share) * held(left) + share * held(right);
        return held(size) > most * (1 + chance(size));
    }

    private boolean falls(int before, int size) {
        return samples.throughput(size) < samples.throughput(before) * (1 - chance(size));
    }

    private double chance(int size) {
        return SIGMAS / Math.sqrt(samples.median(size, Measured::done));
    }

    private double held(int size) {
        return size / samples.throughput(size);
    }
}
