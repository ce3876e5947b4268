package dev.penstock.tools.leaks;

import dev.penstock.tools.measure.Measurement;
import java.util.List;

/** All of them, in the order of the table. */
final class Measurements {
    private Measurements() {}

    static List<Measurement<Means>> all() {
        return List.of(
                new Measurement<>("stack", PlantedLeak::rows),
                new Measurement<>("delay", ReportDelay::rows),
                new Measurement<>("reclaim", DeadOwners::rows),
                new Measurement<>("accusations", Accusations::rows),
                new Measurement<>("sweep", SweepCost::rows));
    }
}
