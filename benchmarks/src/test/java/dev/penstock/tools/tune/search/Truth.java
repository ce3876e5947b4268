package dev.penstock.tools.tune.search;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** What is true of a server that neither drifts nor stalls: throughput by formula, latency by a very long simulation. */
final class Truth {
    private static final double UNITS = 500_000;
    private static final double SETTLING = 50_000;

    private final Server server;
    private final Work work;
    private final Map<Integer, Double> p99 = new HashMap<>();

    Truth(Server server, Work work) {
        this.server = server;
        this.work = work;
    }

    /** The smallest size that does; 0 if none does. */
    int smallest(Goal goal) {
        double best = goal.sizes().mapToDouble(this::throughput).max().orElseThrow();
        return goal.sizes()
                .filter(size -> throughput(size) >= (1 - goal.within()) * best)
                .filter(size -> goal.p99() == null || p99(size) <= Samples.seconds(goal.p99()))
                .findFirst()
                .orElse(0);
    }

    /** Units per second with a pool of that size. */
    double throughput(int size) {
        if (work.isOpen()) {
            return Math.min(work.arrivals(), server.rate(size));
        }
        return work.thinking() == 0 ? server.rate(Math.min(size, work.callers())) : thinking(size);
    }

    /** In seconds; the same random numbers for all sizes. */
    double p99(int size) {
        return p99.computeIfAbsent(size, this::simulate);
    }

    /** A birth-and-death process: as many units are there as callers are not thinking. */
    private double thinking(int size) {
        double weight = 1;
        double sum = 1;
        double done = 0;
        for (int there = 1; there <= work.callers(); there++) {
            double rate = server.rate(Math.min(there, size));
            weight *= (work.callers() - there + 1) / work.thinking() / rate;
            sum += weight;
            done += weight * rate;
        }
        return done / sum;
    }

    private double simulate(int size) {
        Simulation simulation = new Simulation(server, work, size, new SplittableRandom(1));
        simulation.run(SETTLING / throughput(size), 1);
        simulation.measure();
        simulation.run(UNITS / throughput(size), 1);
        return Samples.p99(simulation.times().took());
    }
}
