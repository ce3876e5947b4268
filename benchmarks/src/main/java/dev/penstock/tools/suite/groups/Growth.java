package dev.penstock.tools.suite.groups;

/** How something grows with something else. */
final class Growth {
    private Growth() {}

    /**
     * The exponent b of y = a x^b that fits best: the slope of a straight line through the logarithms by least squares.
     * One is linear; b above one makes the cost of each grow by a factor of (x2 / x1)^(b - 1).
     *
     * @param x two at least that differ, all above zero
     * @param y as many, all above zero
     */
    static double exponent(double[] x, double[] y) {
        if (x.length != y.length || x.length < 2) {
            throw new IllegalArgumentException(
                    "there must be as many x as y, and two at least, but were " + x.length + " and " + y.length);
        }
        double meanX = meanLog(x);
        double meanY = meanLog(y);
        double products = 0;
        double squares = 0;
        for (int i = 0; i < x.length; i++) {
            double off = Math.log(x[i]) - meanX;
            products += off * (Math.log(y[i]) - meanY);
            squares += off * off;
        }
        if (!(squares > 0)) {
            throw new IllegalArgumentException("the x must differ, but all were " + x[0]);
        }
        return products / squares;
    }

    private static double meanLog(double[] values) {
        double sum = 0;
        for (double value : values) {
            if (!(value > 0)) {
                throw new IllegalArgumentException("values must be above 0, but one was " + value);
            }
            sum += Math.log(value);
        }
        return sum / values.length;
    }
}
