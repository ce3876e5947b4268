package dev.penstock.budget;

import java.time.Duration;

/**
 * Who borrows connections, how often and for how long. Variation is the squared coefficient of it: variance by squared
 * mean; 1 for random arrivals (Poisson) and for exponential holds, 0 if it is always the same, more for bursts and for
 * holds of which few are long.
 *
 * @param arrivalsPerSecond borrows per second and pool, on average over the busiest minutes
 * @param meanHold from borrow to return
 * @param arrivalVariation of the time between two borrows
 * @param holdVariation of the hold
 */
public record Workload(double arrivalsPerSecond, Duration meanHold, double arrivalVariation, double holdVariation) {
    static final double MOST_LOAD = 1e12;

    private static final double MOST = 1e6;
    private static final Duration LONGEST = Duration.ofSeconds(1_000_000);

    /** Rate and variations from 0 to 10^6, the hold from a nanosecond to 10^6 seconds. */
    public Workload {
        Bounds.between("arrivalsPerSecond", 0, MOST, arrivalsPerSecond);
        Bounds.between("arrivalVariation", 0, MOST, arrivalVariation);
        Bounds.between("holdVariation", 0, MOST, holdVariation);
        if (meanHold.isNegative() || meanHold.isZero() || meanHold.compareTo(LONGEST) > 0) {
            throw new InvalidBudgetException("meanHold", "must be more than zero, at most " + LONGEST, meanHold);
        }
    }

    /** Random arrivals, exponential holds: M/M/c. */
    public static Workload random(double arrivalsPerSecond, Duration meanHold) {
        return new Workload(arrivalsPerSecond, meanHold, 1, 1);
    }

    /** The same with holds of that standard deviation, zero or more. */
    public Workload withHoldDeviation(Duration deviation) {
        if (deviation.isNegative()) {
            throw new InvalidBudgetException("deviation", "must be zero or more", deviation);
        }
        double relative = Seconds.of(deviation) / Seconds.of(meanHold);
        return new Workload(arrivalsPerSecond, meanHold, arrivalVariation, relative * relative);
    }

    /** The same with times between borrows of that variation. */
    public Workload withArrivalVariation(double variation) {
        return new Workload(arrivalsPerSecond, meanHold, variation, holdVariation);
    }

    /** How many connections are held on average if nobody has to wait, in erlang (Little's law). */
    public double load() {
        return arrivalsPerSecond * Seconds.of(meanHold);
    }

    /** By which waits are longer than with random arrivals and exponential holds: Allen and Cunneen. */
    double factor() {
        return (arrivalVariation + holdVariation) / 2;
    }

    /** Whether what is computed for it is exact: random arrivals and exponential holds. */
    public boolean isExact() {
        return arrivalVariation == 1 && holdVariation == 1;
    }
}
