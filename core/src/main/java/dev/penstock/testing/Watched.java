package dev.penstock.testing;

import dev.penstock.OpenLease;
import dev.penstock.PenstockControl;
import dev.penstock.internal.time.Deadline;
import dev.penstock.internal.time.Ticker;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** A pool whose leases are known. Immutable. */
final class Watched {
    private static final long POLL_NANOS = Duration.ofMillis(2).toNanos();

    private final PenstockControl control;

    private Watched(PenstockControl control) {
        this.control = control;
    }

    /** Refuses what can say nothing about leases: an assertion on it would hold whatever leaks. */
    static Watched of(DataSource dataSource) {
        Objects.requireNonNull(dataSource, "dataSource");
        try {
            return new Watched(watching(dataSource.unwrap(PenstockControl.class)));
        } catch (SQLException e) {
            throw new IllegalArgumentException(
                    "the data source must be Penstock's, or unwrap to " + PenstockControl.class.getName() + ", but was "
                            + dataSource.getClass().getName() + ": what is on loan of it is not known",
                    e);
        }
    }

    private static PenstockControl watching(PenstockControl control) {
        if (control.watchesLeases()) {
            return control;
        }
        boolean enabled = control.config().enabled();
        boolean detection = control.config().leases().detection();
        String reason = !enabled
                ? "penstock.enabled must be true, but was false"
                : detection
                        ? "it is that of a connector, without a pool"
                        : "leases.detection must be true, but was false";
        throw new IllegalArgumentException("what is on loan of '" + control.name() + "' is not known: " + reason);
    }

    void captureStacks() {
        control.captureAllStacks(true);
    }

    /** Ids of what is on loan now. */
    Set<String> openNow() {
        return control.openLeases().stream().map(OpenLease::id).collect(Collectors.toSet());
    }

    /** What is not somebody else's. */
    Part exceptFor(Set<String> before) {
        return new Part(control, before);
    }

    /** Whether both are the same pool. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Watched watched && watched.control == control;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(control);
    }

    /**
     * The leases of a pool that count.
     *
     * @param before those that do not
     */
    record Part(PenstockControl control, Set<String> before) {
        private List<OpenLease> open() {
            return control.openLeases().stream()
                    .filter(lease -> !before.contains(lease.id()))
                    .toList();
        }
    }

    /** Waits until none of these is on loan, or the limit has passed; what is on loan then. */
    static List<OpenLease> stillOpen(List<Part> parts, Duration limit) {
        Deadline deadline = Deadline.after(Ticker.system(), limit);
        List<OpenLease> open = open(parts);
        while (!open.isEmpty() && !deadline.expired() && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(POLL_NANOS);
            open = open(parts);
        }
        return open;
    }

    private static List<OpenLease> open(List<Part> parts) {
        return parts.stream().flatMap(part -> part.open().stream()).toList();
    }
}
