package dev.penstock.replay.pools;

/**
 * When what happened, as {@link System#nanoTime} gives it.
 *
 * @param start of the borrowing, pool filled
 * @param outage the server falls silent
 * @param healed it serves again
 * @param end of the observation
 */
public record Phases(long start, long outage, long healed, long end) {}
