package dev.penstock;

import java.time.Duration;

/** Tells nothing: so nobody is refused because the pool were empty. */
record UnknownPool(Duration callersLimit) implements PoolControl {
    @Override
    public int total() {
        return -1;
    }

    @Override
    public int active() {
        return -1;
    }

    @Override
    public int idle() {
        return -1;
    }

    @Override
    public int waiting() {
        return -1;
    }

    @Override
    public int max() {
        return -1;
    }
}
