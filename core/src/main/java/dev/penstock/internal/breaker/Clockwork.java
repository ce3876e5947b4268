package dev.penstock.internal.breaker;

import dev.penstock.internal.connect.Workers;
import dev.penstock.internal.time.Scheduler;
import dev.penstock.internal.time.Ticker;
import dev.penstock.internal.time.Timers;
import java.util.concurrent.Executor;

/**
 * What makes time pass for the breaker.
 *
 * @param ticker what time it is
 * @param scheduler wakes it up
 * @param workers threads that may block
 */
public record Clockwork(Ticker ticker, Scheduler scheduler, Executor workers) {
    /** Of this JVM. */
    public static Clockwork system() {
        return new Clockwork(Ticker.system(), Timers::schedule, Workers::run);
    }
}
