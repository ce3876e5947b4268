package dev.penstock.internal.lease;

import org.jspecify.annotations.Nullable;

/**
 * What every borrow writes, in a cache line of its own: a collector copies the slots of a pool next to each other and
 * next to what borrowers read, and two cores that lend two connections would pass the line to and fro. With two threads
 * that was 10 to 20 ns of a borrow in the median, and 20 to 30 in one JVM of four. The fields of a class come after
 * those of the class above it, so the numbers before and behind ({@link LinesBehind}) keep others 128 bytes away:
 * cores fetch lines in pairs.
 */
abstract class HeldApart extends LinesBefore {
    /** Who holds the session, see {@link Slot}. */
    volatile @Nullable Object holder;

    /** Leases so far; by whoever has been lent the session, before he takes the slot. */
    long lent;
}
