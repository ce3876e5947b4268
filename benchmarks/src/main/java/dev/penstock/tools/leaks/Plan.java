package dev.penstock.tools.leaks;

import java.time.Duration;

/**
 * How much is measured.
 *
 * @param trials pools in which a leak is planted, at each rate of borrows that a service has
 * @param fastTrials the same at the highest rate, one after the other
 * @param delays leaks of each kind whose report is waited for
 * @param steady how long the sweeper's use of the processor is watched
 * @param load how long the mixed load runs
 */
record Plan(int trials, int fastTrials, int delays, Duration steady, Duration load) {
    static Plan full(Duration load) {
        return new Plan(100, 100, 100, Duration.ofSeconds(25), load);
    }

    static Plan quick(Duration load) {
        return new Plan(20, 10, 20, Duration.ofSeconds(20), load);
    }
}
