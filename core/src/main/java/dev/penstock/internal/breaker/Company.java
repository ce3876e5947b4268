package dev.penstock.internal.breaker;

import dev.penstock.internal.connect.ConnectOrder;
import dev.penstock.internal.connect.Leash;
import java.time.Duration;

/**
 * Company for a pool's creator whose connect takes far longer than connects have taken: short ones beside it, one at
 * a time. What a server accepted while it was silent it may never answer, so the creator would stand there until
 * its deadline though the server is long back. A server that is only slow loses nothing: the creator's own connect
 * goes on. Guarded by the desk.
 */
final class Company {
    private static final int LONGEST = 4;
    private static final int PAUSE = 2;

    final ConnectOrder order;
    final Leash leash;
    private final Duration patience;
    private Duration limit;
    private long nextAt;

    /**
     * For a connect that begins now.
     *
     * @param patience how long it may take before it gets company, and the limit of the first beside it
     */
    Company(ConnectOrder order, Leash leash, Duration patience, long now) {
        this.order = order;
        this.leash = leash;
        this.patience = patience;
        this.limit = patience;
        this.nextAt = now + patience.toNanos();
    }

    /** When the next connect beside it is due. */
    long nextAt() {
        return nextAt;
    }

    /** How long that may take. */
    Duration limit() {
        return limit;
    }

    /** One has been made: the next one comes after a pause, and may take twice as long, to four times the first. */
    void hadOne(long now) {
        Duration doubled = limit.multipliedBy(2);
        Duration longest = patience.multipliedBy(LONGEST);
        limit = doubled.compareTo(longest) < 0 ? doubled : longest;
        nextAt = now + patience.multipliedBy(PAUSE).toNanos();
    }
}
