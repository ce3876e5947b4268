package dev.penstock.tools.timeouts;

import dev.penstock.tools.measure.Measurement;
import java.util.List;

/** All of them, in the order of the table. */
final class Measurements {
    private Measurements() {}

    static List<Measurement<Means>> all() {
        return List.of(
                new Measurement<>("vanished", Vanished::rows),
                new Measurement<>("crowd", Crowd::rows),
                new Measurement<>("runaway", Runaway::rows),
                new Measurement<>("write", BlockedWrite::rows),
                new Measurement<>("idle", IdleInTransaction::rows),
                new Measurement<>("transaction", Transactions::rows),
                new Measurement<>("cancels", BlackHoledCancels::rows),
                new Measurement<>("races", RaceRows::rows),
                new Measurement<>("back-to-back", BackToBack::rows),
                new Measurement<>("allowed", AllowedRows::rows),
                new Measurement<>("stopped", StoppedJvm::rows));
    }
}
