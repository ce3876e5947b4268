package dev.penstock.internal.lease;

import dev.penstock.LeaseVerdict;

/**
 * What a lease is suspected of.
 *
 * @param since ticker time of the first report
 * @param reports so far
 * @param nextAfterNanos how long the evidence must have lasted for the next one
 */
record Suspicion(LeaseVerdict verdict, long since, int reports, long nextAfterNanos) {
    static Suspicion first(LeaseVerdict verdict, long now, long limitNanos) {
        return new Suspicion(verdict, now, 1, twice(limitNanos));
    }

    /** The same lease, reported once more. */
    Suspicion again(LeaseVerdict now, long lastedNanos) {
        long next = nextAfterNanos;
        while (next <= lastedNanos) {
            next = twice(next);
        }
        return new Suspicion(now, since, reports + 1, next);
    }

    private static long twice(long nanos) {
        return nanos > Long.MAX_VALUE / 2 ? Long.MAX_VALUE : nanos * 2;
    }
}
