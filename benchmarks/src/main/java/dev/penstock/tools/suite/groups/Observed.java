package dev.penstock.tools.suite.groups;

import dev.penstock.lab.stats.Sample;
import java.util.List;
import java.util.Map;

/** What several JVMs have measured of the same, by name of the figure. */
final class Observed {
    private Observed() {}

    /** In the middle one of them. */
    static double median(List<Map<String, Double>> jvms, String name) {
        return Sample.of(values(jvms, name)).median();
    }

    /** In each of them. */
    static double[] values(List<Map<String, Double>> jvms, String name) {
        return jvms.stream().mapToDouble(figures -> value(figures, name)).toArray();
    }

    /** In one of them. */
    static double value(Map<String, Double> figures, String name) {
        Double value = figures.get(name);
        if (value == null) {
            throw new IllegalStateException("a fork must print '" + name + "', but printed " + figures.keySet());
        }
        return value;
    }
}
