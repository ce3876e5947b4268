package dev.penstock;

/** What the circuit breaker on the creation of connections does. */
public enum BreakerMode {
    /** Opens after failures; while it is open connects are not tried, but for one probe at a time. */
    ON,
    /** Counts, and tells listeners and metrics what it would do; nothing is refused. */
    OBSERVE,
    /** Does not exist. */
    OFF
}
