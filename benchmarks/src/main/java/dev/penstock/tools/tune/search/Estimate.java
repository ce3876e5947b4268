package dev.penstock.tools.tune.search;

import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Which sizes do, if these are the curves. Immutable. */
final class Estimate {
    private final Goal goal;
    private final double[] throughputs;
    private final double[] p99;
    private final double target;
    private final int bestSize;

    /**
     * From curves.
     *
     * @param throughput per second
     * @param p99 in seconds
     */
    Estimate(Goal goal, Curve throughput, Curve p99) {
        this.goal = goal;
        this.throughputs = goal.sizes().mapToDouble(throughput::at).toArray();
        this.p99 = goal.sizes().mapToDouble(p99::at).toArray();
        this.target = goal.p99() == null ? Double.POSITIVE_INFINITY : Samples.seconds(goal.p99());
        this.bestSize = goal.sizes()
                .reduce((one, other) -> throughput(other) > throughput(one) ? other : one)
                .orElseThrow();
    }

    /** Per second. */
    double throughput(int size) {
        return throughputs[size - goal.smallest()];
    }

    /** In seconds. */
    double p99(int size) {
        return p99[size - goal.smallest()];
    }

    /** Of the best throughput, the smallest. */
    int bestSize() {
        return bestSize;
    }

    /** Whether throughput comes so near to the best, as a share of it. */
    boolean near(int size, double share) {
        return throughput(size) >= (1 - share) * throughput(bestSize);
    }

    boolean fastEnough(int size) {
        return near(size, goal.within());
    }

    boolean soonEnough(int size) {
        return p99(size) <= target;
    }

    /** The smallest that does; empty if none does. */
    OptionalInt smallest() {
        return fastEnough().filter(this::soonEnough).findFirst();
    }

    /** Of those that are fast enough, the one with the least latency. */
    int soonest() {
        return fastEnough()
                .reduce((one, other) -> p99(other) < p99(one) ? other : one)
                .orElseThrow();
    }

    private IntStream fastEnough() {
        return goal.sizes().filter(this::fastEnough);
    }
}
