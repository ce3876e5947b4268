package dev.penstock.tools.tune.report;

import java.util.List;

/** Those that everybody asks for. */
final class Percentiles {
    static final List<Double> SHOWN = List.of(50.0, 95.0, 99.0);

    /** What targets are about. */
    static final double TARGET = 99;

    private Percentiles() {}
}
