package dev.penstock.tools.outage;

import java.time.Duration;

/** What is the same for all pools, apart from the cells that leave everything at its default. */
final class Limits {
    /** Threads that borrow. */
    static final int CALLERS = 20;

    /** Connections at least and at most. */
    static final int SIZE = 5;

    /** How long a caller may wait for a connection. */
    static final Duration CALLER = Duration.ofSeconds(1);

    /** How long a pool may look whether a connection is alive. */
    static final Duration VALIDATION = Duration.ofSeconds(1);

    /** Penstock's connect.deadline. */
    static final Duration CONNECT = Duration.ofSeconds(1);

    /** How long a caller waits for the answer to its query, set by the caller for that query alone. */
    static final Duration QUERY = Duration.ofSeconds(1);

    /** How long a caller holds the connection after the answer. */
    static final Duration HOLD = Duration.ofMillis(5);

    /** How long it rests before it borrows again, whether it was served or not. */
    static final Duration REST = Duration.ofMillis(50);

    /** By how much a limit may be overrun until we call it broken. */
    static final Duration TOLERANCE = Duration.ofMillis(100);

    private Limits() {}
}
