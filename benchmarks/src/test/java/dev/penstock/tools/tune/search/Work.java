package dev.penstock.tools.tune.search;

import java.util.random.RandomGenerator;

/** How work arrives, and how much it is. */
record Work(int callers, double thinking, double arrivals, double spread) {
    /** Callers who begin anew after thinking so many seconds on average; 0 for at once. */
    static Work closed(int callers, double thinking) {
        return new Work(callers, thinking, 0, 0);
    }

    /** So many units per second, at random times (Poisson). */
    static Work open(double arrivals) {
        return new Work(0, 0, arrivals, 0);
    }

    /** Log-normal with that standard deviation of the logarithm, instead of exponential. */
    Work lognormal(double spreadOfLogarithm) {
        return new Work(callers, thinking, arrivals, spreadOfLogarithm);
    }

    boolean isOpen() {
        return callers == 0;
    }

    /** The amount of one unit; 1 on average. */
    double amount(RandomGenerator random) {
        return spread == 0 ? random.nextExponential() : Math.exp(spread * random.nextGaussian() - spread * spread / 2);
    }

    /** When the next one arrives, in seconds from now; infinite if nobody is thinking. */
    double next(int thinkers, RandomGenerator random) {
        double rate = isOpen() ? arrivals : thinkers == 0 ? 0 : thinkers / thinking;
        return rate == 0 ? Double.POSITIVE_INFINITY : random.nextExponential() / rate;
    }
}
