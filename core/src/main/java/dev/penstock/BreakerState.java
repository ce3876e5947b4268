package dev.penstock;

/** What state the circuit breaker on the creation of connections is in. */
public enum BreakerState {
    /** Connects are tried. */
    CLOSED,
    /** They are not, until the next probe is due. In mode observe they are all the same. */
    OPEN,
    /** One probe is under way; its outcome decides. */
    HALF_OPEN,
    /** Opened by hand: nothing is tried, and nothing probed, until somebody resets it. */
    FORCED_OPEN,
    /** Closed by hand: everything is tried, whatever fails, until somebody resets it. */
    FORCED_CLOSED,
    /** There is none: {@code breaker.mode} is off, or Penstock is. */
    OFF
}
