package dev.penstock.tools.tune.report.svg;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Coordinates as text. */
final class Coordinates {
    private Coordinates() {}

    /** To a hundredth of a unit, which nobody sees. */
    static String text(double coordinate) {
        if (!Double.isFinite(coordinate)) {
            throw new IllegalArgumentException("a coordinate must be finite, but was " + coordinate);
        }
        BigDecimal rounded = BigDecimal.valueOf(coordinate)
                .setScale(2, RoundingMode.HALF_EVEN)
                .stripTrailingZeros();
        return rounded.signum() == 0 ? "0" : rounded.toPlainString();
    }
}
