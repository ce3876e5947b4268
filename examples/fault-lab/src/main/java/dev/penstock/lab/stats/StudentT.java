package dev.penstock.lab.stats;

/** The two-sided 95 % point of Student's t distribution. */
final class StudentT {
    /** For 1 to 30 degrees of freedom. */
    private static final double[] POINTS = {
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120,
        2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042
    };

    private StudentT() {}

    /** Above 30 the point for 30, which errs on the wide side by at most four per cent. */
    static double point95(int degreesOfFreedom) {
        if (degreesOfFreedom < 1) {
            throw new IllegalArgumentException("degrees of freedom must be at least 1, but were " + degreesOfFreedom);
        }
        return POINTS[Math.min(degreesOfFreedom, POINTS.length) - 1];
    }
}
