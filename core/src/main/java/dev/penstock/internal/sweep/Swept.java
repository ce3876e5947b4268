package dev.penstock.internal.sweep;

import java.time.Duration;

/** What is looked after again and again, by the sweeper's thread alone. */
public interface Swept {
    /** Of the pool, for the log. */
    String name();

    /** What a sweep is for, for the log: {@code a sweep of its leases}. */
    String task();

    /** How late a sweep may come; the sweeper goes by the shortest of all. */
    Duration tick();

    /**
     * Looks at everything once.
     *
     * @param now ticker time
     * @return nanoseconds until it should do so again
     */
    long sweep(long now);

    /** In the place of a sweep's result: the longest pause there may be if one has failed. */
    long longestPause();

    /** This JVM stood still until now: what seems to have lasted long has perhaps only not been looked at. */
    default void stoodStill(long now) {}
}
