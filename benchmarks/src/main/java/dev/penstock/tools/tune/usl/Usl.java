package dev.penstock.tools.tune.usl;

/**
 * The Universal Scalability Law of Neil Gunther (Guerrilla Capacity Planning, 2007): throughput of n connections that
 * work at once is {@code lambda n / (1 + sigma (n - 1) + kappa n (n - 1))}.
 *
 * @param lambda throughput of one connection, per second
 * @param sigma contention: the share that is done one after the other, 0 or more
 * @param kappa coherency: what everybody has to agree upon with everybody, 0 or more
 */
public record Usl(double lambda, double sigma, double kappa) {
    /** Units of work per second with that many connections. */
    public double throughput(double connections) {
        return lambda * connections / (1 + sigma * (connections - 1) + kappa * connections * (connections - 1));
    }

    /** Where throughput is best; infinite without coherency. */
    public double peak() {
        return kappa == 0 ? Double.POSITIVE_INFINITY : Math.sqrt(Math.max(0, 1 - sigma) / kappa);
    }
}
