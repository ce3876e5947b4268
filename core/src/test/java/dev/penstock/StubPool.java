package dev.penstock;

import java.time.Duration;

/** A pool that has as many connections as a test says, all of them idle. Thread-safe. */
public class StubPool implements PoolControl {
    /** Connections that are there. */
    public volatile int total;

    /** How long it would let a caller wait. */
    public volatile Duration callersLimit = Duration.ofSeconds(30);

    @Override
    public int total() {
        return total;
    }

    @Override
    public int active() {
        return 0;
    }

    @Override
    public int idle() {
        return total;
    }

    @Override
    public int waiting() {
        return 0;
    }

    @Override
    public int max() {
        return 10;
    }

    @Override
    public Duration callersLimit() {
        return callersLimit;
    }
}
