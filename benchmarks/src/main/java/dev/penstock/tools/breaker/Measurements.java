package dev.penstock.tools.breaker;

import dev.penstock.tools.measure.Measurement;
import java.util.List;

/** All of them, in the order of the table. */
final class Measurements {
    private Measurements() {}

    static List<Measurement<Means>> all() {
        return List.of(
                new Measurement<>("recovery", Recovery::rows),
                new Measurement<>("restart", Restart::rows),
                new Measurement<>("opening", Opening::rows),
                new Measurement<>("limits", Limits::rows),
                new Measurement<>("fail-fast", FailFast::rows),
                new Measurement<>("release", Release::rows),
                new Measurement<>("idle", IdleServed::rows),
                new Measurement<>("attempts", SessionAttempts::rows),
                new Measurement<>("jitter", Jitter::rows));
    }
}
