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
        return new Estimate(goal, this::throughput, this::p99).smallest().orElse(0);
    }

    /** Units per second with a pool of that size. */
    double throughput(double size) {
        int most = (int) size;
        if (work.isOpen()) {
            return Math.min(work.arrivals(), server.rate(most));
        }
        return work.thinking() == 0 ? server.rate(Math.min(most, work.callers())) : thinking(most);
    }

    /** In seconds; the same random numbers for all sizes. */
    double p99(double size) {
        return p99.computeIfAbsent((int) size, this::simulate);
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
