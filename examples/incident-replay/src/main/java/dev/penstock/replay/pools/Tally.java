package dev.penstock.replay.pools;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What became of every borrow of one pool; a borrow counts for the phase in which it was over. */
public record Tally(List<Borrow> borrows, Phases phases) {
    private static final Predicate<Borrow> SERVED = Borrow::served;

    public Tally {
        borrows = List.copyOf(borrows);
    }

    /** {@code served / failed} before the outage. */
    public String before() {
        return counts(phases.start(), phases.outage());
    }

    /** {@code served / failed} during the outage. */
    public String during() {
        return counts(phases.outage(), phases.healed());
    }

    /** {@code served / failed} after the server has healed. */
    public String after() {
        return counts(phases.healed(), phases.end());
    }

    private String counts(long from, long to) {
        return count(from, to, SERVED) + " / " + count(from, to, SERVED.negate());
    }

    private long count(long from, long to, Predicate<Borrow> which) {
        return borrows.stream()
                .filter(borrow -> isWithin(borrow, from, to))
                .filter(which)
                .count();
    }

    private static boolean isWithin(Borrow borrow, long from, long to) {
        return borrow.endNanos() - from >= 0 && borrow.endNanos() - to < 0;
    }

    /** The longest wait in {@code getConnection()}. */
    public Duration longestWait() {
        return borrows.stream()
                .map(Borrow::waited)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    /** From healing to the first borrow that was served, empty if none was. */
    public Optional<Duration> recoveredAfter() {
        return borrows.stream()
                .filter(Borrow::served)
                .filter(borrow -> isWithin(borrow, phases.healed(), phases.end()))
                .map(borrow -> Duration.ofNanos(borrow.endNanos() - phases.healed()))
                .min(Comparator.naturalOrder());
    }

    public Duration observedAfterHealing() {
        return Duration.ofNanos(phases.end() - phases.healed());
    }

    /** One character per full {@code step}: {@code #} if at least one borrow was served in it, else a dot. */
    public String timeline(Duration step) {
        StringBuilder line = new StringBuilder();
        for (long from = phases.start(); from + step.toNanos() - phases.end() <= 0; from += step.toNanos()) {
            line.append(count(from, from + step.toNanos(), SERVED) > 0 ? '#' : '.');
        }
        return line.toString();
    }
}
