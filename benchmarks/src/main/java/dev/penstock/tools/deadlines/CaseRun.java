package dev.penstock.tools.deadlines;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One run of one case.
 *
 * @param fault the case
 * @param endings of its connects, at least one
 * @param stallNanos longest stall of this JVM or machine that was seen meanwhile
 */
record CaseRun(FaultCase fault, List<Ending> endings, long stallNanos) {

    /** The first connect that did not end as it must. */
    Optional<Ending> wrong() {
        return endings.stream().filter(e -> !fault.expected().isMetBy(e)).findFirst();
    }

    /** The latest end, counted from the deadline; negative if all ended before. */
    long overshootNanos() {
        return endings.stream().mapToLong(Ending::overshootNanos).max().orElseThrow();
    }

    /** The longest connect. */
    long elapsedNanos() {
        return endings.stream().mapToLong(Ending::elapsedNanos).max().orElseThrow();
    }

    /** The ending to show: one that is wrong if there is any, else the latest. */
    Ending telling() {
        return wrong().orElseGet(() -> endings.stream()
                .max(Comparator.comparingLong(Ending::overshootNanos))
                .orElseThrow());
    }
}
