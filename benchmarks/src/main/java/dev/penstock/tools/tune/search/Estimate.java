package dev.penstock.tools.tune.search;

import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Which sizes do, if these are the curves.
 *
 * @param throughput per second
 * @param p99 in seconds
 */
record Estimate(Goal goal, Curve throughput, Curve p99) {
    /** Of the best throughput, the smallest. */
    int bestSize() {
        return goal.sizes()
                .boxed()
                .max((one, other) -> {
                    int better = Double.compare(throughput.at(one), throughput.at(other));
                    return better != 0 ? better : Integer.compare(other, one);
                })
                .orElseThrow();
    }

    /** What throughput must be at least. */
    double enough() {
        return (1 - goal.within()) * throughput.at(bestSize());
    }

    IntStream fastEnough() {
        double enough = enough();
        return goal.sizes().filter(size -> throughput.at(size) >= enough);
    }

    boolean soonEnough(int size) {
        return goal.p99() == null || p99.at(size) <= Samples.seconds(goal.p99());
    }

    /** The smallest that does; empty if none does. */
    OptionalInt smallest() {
        return fastEnough().filter(this::soonEnough).findFirst();
    }

    /** Of those that are fast enough, the one with the least latency. */
    int soonest() {
        return fastEnough()
                .boxed()
                .min((one, other) -> Double.compare(p99.at(one), p99.at(other)))
                .orElseThrow();
    }
}
