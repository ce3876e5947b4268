package dev.penstock.budget;

import java.time.Duration;
import java.util.Optional;

/**
 * How long a borrower waits for one of so many connections.
 *
 * <p>Exact for random arrivals and exponential holds (M/M/c, Erlang C: {@code P(wait > t) = C exp(-(c - load) t /
 * hold)}; Cooper 1981, chapter 3). For anything else approximate: means are multiplied by half the sum of both
 * variations (A. O. Allen, "Probability, Statistics, and Queueing Theory", 2nd edition 1990, chapter 5: the
 * Allen-Cunneen approximation, exact for one connection with random arrivals: Pollaczek and Khinchine), and the
 * distribution of those who wait is taken for exponential all the same. {@link #isExact} says which.
 *
 * <p>How far the approximation is off, measured by simulating 20 million borrowers, in per cent of what is measured
 * (mean wait / 99th percentile); the fuller the pool, the better it is:
 *
 * <pre>{@code
 * utilisation 0.8                       1 connection      5         20         100
 * holds always the same                    0 /  +6    -4 /  +3   -11 /  -4   -28 /  -30
 * holds of variation 4                     0 /  -9   +11 /  -4   +32 / +14   +92 / +110
 * arrivals of variation 4 (bursts)        +2 / +13   -14 /  +8   -38 /  -3   -81 /  -69
 * }</pre>
 *
 * <p>So with bursts and many connections it says far too little: there make the pool larger than it says.
 *
 * @param workload who borrows
 * @param connections from 1 to 10^6
 * @param probability that a borrower has to wait at all: Erlang C
 */
public record Wait(Workload workload, int connections, double probability) {
    /** A probability from 0 to 1. */
    public Wait {
        Bounds.between("connections", 1, Bounds.MOST, connections);
        Bounds.between("probability", 0.0, 1.0, probability);
    }

    /** With a pool of so many. */
    public static Wait of(Workload workload, int connections) {
        return new Wait(workload, connections, Erlang.waits(connections, workload.load()));
    }

    /** Which part of the connections is held on average; 1 or more: the queue grows for ever. */
    public double utilisation() {
        return workload.load() / connections;
    }

    /** Whether the queue ends. */
    public boolean isStable() {
        return workload.load() < connections;
    }

    /** Whether the figures are exact, see above. */
    public boolean isExact() {
        return workload.isExact();
    }

    /** On average over all borrowers; empty if the queue grows for ever. */
    public Optional<Duration> mean() {
        return isStable() ? Optional.of(Seconds.duration(probability * ofThoseWhoWait())) : Optional.empty();
    }

    /**
     * What so large a part of the borrowers does not exceed; empty if the queue grows for ever.
     *
     * @param quantile more than 0, less than 1: 0.99 for the 99th percentile
     */
    public Optional<Duration> quantile(double quantile) {
        Bounds.quantile(quantile);
        return isStable() ? Optional.of(Seconds.duration(seconds(quantile))) : Optional.empty();
    }

    private double seconds(double quantile) {
        double beyond = 1 - quantile;
        return probability <= beyond ? 0 : ofThoseWhoWait() * Math.log(probability / beyond);
    }

    private double ofThoseWhoWait() {
        return workload.factor() * Seconds.of(workload.meanHold()) / (connections - workload.load());
    }

    /** Whether so large a part waits no longer than that. */
    boolean keeps(double quantile, double seconds) {
        return isStable() && seconds(quantile) <= seconds;
    }
}
