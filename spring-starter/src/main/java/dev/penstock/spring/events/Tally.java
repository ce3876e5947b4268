package dev.penstock.spring.events;

import dev.penstock.internal.time.Ticker;
import java.util.function.LongConsumer;

/** Counts, and has the sum said once per minute at most. Thread-safe. */
final class Tally {
    private final Rate rate;
    private final LongConsumer say;
    private long unsaid; // guarded by this

    /**
     * Nothing counted.
     *
     * @param say is given the number since it was called last; must be quick
     */
    Tally(Ticker ticker, LongConsumer say) {
        this.rate = new Rate(ticker, 1);
        this.say = say;
    }

    synchronized void count() {
        unsaid++;
        if (rate.lets()) {
            saySum();
        }
    }

    /** Says what is left to say. */
    synchronized void close() {
        if (unsaid > 0) {
            saySum();
        }
    }

    private void saySum() {
        say.accept(unsaid);
        unsaid = 0;
    }
}
