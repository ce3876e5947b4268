package dev.penstock.spring.observation;

import io.micrometer.observation.Observation;

/** One borrow. */
public final class AcquireContext extends Observation.Context {
    private final String pool;

    AcquireContext(String pool) {
        this.pool = pool;
    }

    /** Name of the pool, as in its metrics. */
    public String pool() {
        return pool;
    }

    /** How it ended; what {@link #getError} says. Counts once it has. */
    public Outcome outcome() {
        Throwable error = getError();
        return error == null ? Outcome.ACQUIRED : Outcome.of(error);
    }

    @Override
    public String toString() {
        return "borrow from '" + pool + "'";
    }
}
