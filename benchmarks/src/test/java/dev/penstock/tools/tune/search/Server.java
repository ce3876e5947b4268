package dev.penstock.tools.tune.search;

import dev.penstock.tools.tune.usl.Usl;

/** How many units of work per second a server gets done when so many connections work at once. */
@FunctionalInterface
interface Server {
    double rate(int connections);

    /** Contention and coherency. */
    static Server usl(double lambda, double sigma, double kappa) {
        Usl usl = new Usl(lambda, sigma, kappa);
        return usl::throughput;
    }

    /**
     * Processors that are shared, hence a hard knee.
     *
     * @param each units per second that one processor gets done
     * @param thrash what each connection beyond the processors takes from all of them, a share
     */
    static Server cores(int cores, double each, double thrash) {
        return connections -> each * Math.min(connections, cores) / (1 + thrash * Math.max(0, connections - cores));
    }

    /** Everything under one lock. */
    static Server lock(double rate) {
        return connections -> rate;
    }
}
