package dev.penstock.budget;

import java.util.Arrays;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * A pool, event by event: borrowers come, wait in turn for the connection that is free first, and hold it. Knows
 * nothing of Erlang. Times in means of holds.
 *
 * @param connections of the pool
 * @param gaps between two borrows
 * @param holds of mean 1
 */
record QueueSimulation(
        int connections, ToDoubleFunction<SplittableRandom> gaps, ToDoubleFunction<SplittableRandom> holds) {
    static double exponential(SplittableRandom random) {
        return -Math.log(1 - random.nextDouble());
    }

    /** Two phases that may differ: of variation {@code variation}, 1 or more, with balanced means. */
    static double hyperexponential(SplittableRandom random, double variation) {
        double often = (1 + Math.sqrt((variation - 1) / (variation + 1))) / 2;
        double share = random.nextDouble() < often ? often : 1 - often;
        return exponential(random) / (2 * share);
    }

    /** So many phases one after the other: of variation 1 / phases. */
    static double phases(SplittableRandom random, int phases) {
        double sum = 0;
        for (int i = 0; i < phases; i++) {
            sum += exponential(random);
        }
        return sum / phases;
    }

    /** What was measured. */
    static final class Result {
        private final double waiting;
        private final double mean;
        private final double[] sorted;

        private Result(double waiting, double mean, double[] sorted) {
            this.waiting = waiting;
            this.mean = mean;
            this.sorted = sorted;
        }

        /** Which part of the borrowers had to wait. */
        double waiting() {
            return waiting;
        }

        /** Wait of all of them. */
        double mean() {
            return mean;
        }

        /** Of every tenth of them. */
        double quantile(double quantile) {
            return sorted[(int) (sorted.length * quantile)];
        }
    }

    /** Of so many borrowers, after a tenth as many that find the pool filling up and are not counted. */
    Result run(int borrowers, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        PriorityQueue<Double> free = new PriorityQueue<>();
        for (int i = 0; i < connections; i++) {
            free.add(0.0);
        }
        double[] sample = new double[borrowers / 10];
        long waiting = 0;
        double sum = 0;
        double now = 0;
        for (int i = -borrowers / 10; i < borrowers; i++) {
            now += gaps.applyAsDouble(random);
            double start = Math.max(now, free.remove());
            free.add(start + holds.applyAsDouble(random));
            if (i >= 0) {
                waiting += start > now ? 1 : 0;
                sum += start - now;
                sample[i / 10] = start - now;
            }
        }
        Arrays.sort(sample);
        return new Result((double) waiting / borrowers, sum / borrowers, sample);
    }
}
