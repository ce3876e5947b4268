package dev.penstock;

import java.time.Duration;

/**
 * How long one phase of an attempt took.
 *
 * @param phase the phase
 * @param took time spent in it, over all sockets of the attempt; never negative
 */
public record PhaseTime(ConnectPhase phase, Duration took) {
    /** {@code TLS 5 ms}. */
    @Override
    public String toString() {
        return phase.label() + " " + took.toMillis() + " ms";
    }
}
