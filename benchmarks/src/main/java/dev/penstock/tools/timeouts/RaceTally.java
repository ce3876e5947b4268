package dev.penstock.tools.timeouts;

import java.sql.SQLException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Counts races. Thread-safe. */
final class RaceTally {
    private final AtomicLong left;
    private final AtomicLong races = new AtomicLong();
    final AtomicLong cancelled = new AtomicLong();
    private final AtomicLong wrongStatements = new AtomicLong();
    private final AtomicLong wrongBorrowers = new AtomicLong();
    private final AtomicLong deadMet = new AtomicLong();
    private final AtomicLong undecided = new AtomicLong();
    private final AtomicReference<String> firstWrong = new AtomicReference<>("");

    RaceTally(long races) {
        this.left = new AtomicLong(races);
    }

    /** Whether there is another race to be run. */
    boolean next() {
        boolean more = left.decrementAndGet() >= 0;
        if (more) {
            races.incrementAndGet();
        }
        return more;
    }

    /**
     * An innocent statement failed.
     *
     * @param first of its borrower
     * @param nanos how long it had taken
     */
    void failed(SQLException failure, boolean first, long nanos) {
        boolean isCancel = "57014".equals(failure.getSQLState());
        if (nanos >= Races.LIMIT.toNanos()) {
            undecided.incrementAndGet(); // it has been too slow itself, or has waited for a request that got lost
            return;
        }
        (first ? wrongBorrowers : isCancel ? wrongStatements : deadMet).incrementAndGet();
        firstWrong.compareAndSet(
                "",
                (first ? "first" : "next") + " after " + nanos / 1_000_000 + " ms: " + failure + ", " + root(failure));
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    RaceOutcome outcome(long cancels, long ended) {
        return new RaceOutcome(
                races.get(),
                cancels,
                cancelled.get(),
                ended,
                wrongStatements.get(),
                wrongBorrowers.get(),
                deadMet.get(),
                undecided.get(),
                Objects.requireNonNullElse(firstWrong.get(), ""));
    }
}
