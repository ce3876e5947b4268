package dev.penstock.tools.tune.usl;

/**
 * A measured throughput.
 *
 * @param connections that worked at once, 1 or more
 * @param throughput units of work per second, above 0
 * @param weight how much it counts, above 0; 1 for each measurement that counts in full
 */
public record Point(double connections, double throughput, double weight) {
    public Point {
        require("connections must be finite and at least 1", connections, connections >= 1);
        require("throughput must be finite and above 0", throughput, throughput > 0);
        require("weight must be finite and above 0", weight, weight > 0);
    }

    /** One that counts in full. */
    public static Point of(double connections, double throughput) {
        return new Point(connections, throughput, 1);
    }

    /** By Little's law how long a connection is held for one unit of work, in seconds, when none of them idles. */
    public double held() {
        return connections / throughput;
    }

    private static void require(String rule, double value, boolean kept) {
        if (!kept || Double.isInfinite(value)) {
            throw new IllegalArgumentException(rule + ", but was " + value);
        }
    }
}
