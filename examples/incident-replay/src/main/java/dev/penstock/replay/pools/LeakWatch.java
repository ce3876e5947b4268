package dev.penstock.replay.pools;

import dev.penstock.LeaseReport;
import dev.penstock.PenstockListener;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What Penstock says of leaks, and how many connections it takes back. Thread-safe. */
public final class LeakWatch implements PenstockListener {
    private final AtomicInteger takenBack = new AtomicInteger();
    private volatile @Nullable Named named;

    private record Named(LeaseReport report, long at) {}

    @Override
    public void leaseSuspected(LeaseSuspected event) {
        LeaseReport report = event.report();
        if (named == null && LeakyCode.placeIn(report.lease().borrowStack()).isPresent()) {
            named = new Named(report, System.nanoTime());
        }
    }

    @Override
    public void leaseReclaimed(LeaseReclaimed event) {
        takenBack.incrementAndGet();
    }

    public int takenBack() {
        return takenBack.get();
    }

    /** When the first report named the place, as {@link System#nanoTime} gives it; empty if none has. */
    public OptionalLong namedAt() {
        Named known = named;
        return known == null ? OptionalLong.empty() : OptionalLong.of(known.at());
    }

    /** That report. */
    public Optional<String> report() {
        Named known = named;
        return known == null ? Optional.empty() : Optional.of(known.report().describe());
    }
}
