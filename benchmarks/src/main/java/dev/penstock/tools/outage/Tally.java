package dev.penstock.tools.outage;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Counts what the callers of one cell saw.
 *
 * @param calls all of them, in any order
 * @param timeline what happened when
 * @param insideAtHealing for how long each caller had been inside the pool when the outage ended, nanoseconds
 * @param insideAtEnd the same for those that still were when the cell ended
 */
record Tally(List<Call> calls, Timeline timeline, List<Long> insideAtHealing, List<Long> insideAtEnd) {
    Tally {
        calls = List.copyOf(calls);
        insideAtHealing = List.copyOf(insideAtHealing);
        insideAtEnd = List.copyOf(insideAtEnd);
    }

    /** Borrows that ended so while the database was away. */
    int duringOutage(Outcome outcome) {
        return count(call -> call.outcome() == outcome && timeline.inOutage(call.endedAt()));
    }

    /** Borrows that ended so when it was back. */
    int afterwards(Outcome outcome) {
        return count(call -> call.outcome() == outcome && timeline.afterwards(call.endedAt()));
    }

    private int count(Predicate<Call> wanted) {
        return (int) calls.stream().filter(wanted).count();
    }

    /** The longest call into the pool, those that have not come back included. */
    long longestNanos() {
        return LongStream.concat(calls.stream().mapToLong(Call::inPoolNanos), longs(insideAtEnd))
                .max()
                .orElse(0);
    }

    /** Whether that one has not come back. */
    boolean longestStillRuns() {
        return longs(insideAtEnd).anyMatch(inside -> inside > 0 && inside == longestNanos());
    }

    /**
     * Callers inside the pool beyond their limit when the outage ended.
     *
     * @param limit null: they have none, so nobody is
     */
    int hung(@Nullable Duration limit) {
        if (limit == null) {
            return 0;
        }
        long most = limit.plus(Limits.TOLERANCE).toNanos();
        return (int) longs(insideAtHealing).filter(inside -> inside > most).count();
    }

    /** From the end of the outage to the first answer that anybody got; infinite if nobody got one. */
    double recoveryMillis() {
        return served().filter(timeline::afterwards)
                .mapToDouble(this::sinceHealing)
                .min()
                .orElse(Double.POSITIVE_INFINITY);
    }

    /** The same until each of so many callers got one. */
    double everyoneMillis(int callers) {
        double latest = 0;
        for (int caller = 0; caller < callers; caller++) {
            latest = Math.max(latest, recoveryMillisOf(caller));
        }
        return latest;
    }

    private double recoveryMillisOf(int caller) {
        return calls.stream()
                .filter(call -> call.caller() == caller && call.outcome() == Outcome.SERVED)
                .mapToLong(Call::endedAt)
                .filter(timeline::afterwards)
                .mapToDouble(this::sinceHealing)
                .min()
                .orElse(Double.POSITIVE_INFINITY);
    }

    private double sinceHealing(long instant) {
        return (instant - timeline.healedAt()) / 1e6;
    }

    /** The longest time without any answer to anybody, from the fault to the end of the watch. */
    double gapMillis() {
        long[] instants = LongStream.concat(
                        served().filter(instant ->
                                instant - timeline.faultAt() >= 0 && instant - timeline.endedAt() <= 0),
                        LongStream.of(timeline.endedAt()))
                .map(instant -> instant - timeline.faultAt())
                .sorted()
                .toArray();
        long gap = 0;
        long last = 0;
        for (long instant : instants) {
            gap = Math.max(gap, instant - last);
            last = instant;
        }
        return gap / 1e6;
    }

    private LongStream served() {
        return calls.stream().filter(call -> call.outcome() == Outcome.SERVED).mapToLong(Call::endedAt);
    }

    private static LongStream longs(List<Long> values) {
        return values.stream().mapToLong(Long::longValue);
    }
}
