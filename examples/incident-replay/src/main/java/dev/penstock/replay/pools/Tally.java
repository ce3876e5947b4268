package dev.penstock.replay.pools;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

    /** Borrows that ended without a connection, in all phases. */
    public long refused() {
        return borrows.stream().filter(Borrow::refused).count();
    }

    /** Connections that broke while they were on loan, or were found broken then, in all phases. */
    public long broken() {
        return borrows.size() - refused() - borrows.stream().filter(SERVED).count();
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
        return servedAgain()
                .map(borrow -> Duration.ofNanos(borrow.endNanos() - phases.healed()))
                .min(Comparator.naturalOrder());
    }

    /** From healing until so many borrowers had each been served, empty if not all were. */
    public Optional<Duration> allRecoveredAfter(int borrowers) {
        Map<Integer, Long> first = servedAgain()
                .collect(Collectors.toMap(
                        Borrow::borrower,
                        borrow -> borrow.endNanos() - phases.healed(),
                        (one, other) -> Math.min(one, other)));
        return first.size() < borrowers
                ? Optional.empty()
                : first.values().stream().max(Comparator.naturalOrder()).map(Duration::ofNanos);
    }

    private Stream<Borrow> servedAgain() {
        return borrows.stream().filter(SERVED).filter(borrow -> isWithin(borrow, phases.healed(), phases.end()));
    }

    public Duration observedAfterHealing() {
        return Duration.ofNanos(phases.end() - phases.healed());
    }

    /**
     * How long this share of those waited who were refused during the outage, and came after the first who was: those
     * before had to wait until it was so far. Empty if there were none.
     */
    public Optional<Duration> refusedWithin(double share) {
        List<Duration> waits = refusedAtOnce();
        return waits.isEmpty() ? Optional.empty() : Optional.of(waits.get((int) Math.ceil(share * waits.size()) - 1));
    }

    /** How many there were of whom {@link #refusedWithin} speaks. */
    public int countRefusedAtOnce() {
        return refusedAtOnce().size();
    }

    private List<Duration> refusedAtOnce() {
        Optional<Long> first = borrows.stream()
                .filter(Borrow::refused)
                .map(borrow -> borrow.endNanos() - phases.outage())
                .filter(end -> end >= 0)
                .min(Comparator.naturalOrder());
        return borrows.stream()
                .filter(Borrow::refused)
                .filter(borrow -> isWithin(borrow, phases.outage(), phases.healed()))
                .filter(borrow ->
                        borrow.endNanos() - borrow.waited().toNanos() - phases.outage() >= first.orElseThrow())
                .map(Borrow::waited)
                .sorted()
                .toList();
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
