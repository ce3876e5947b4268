package dev.penstock.replay.pools;

/**
 * When what happened, as {@link System#nanoTime} gives it.
 *
 * @param start of the borrowing, pool filled
 * @param outage the server falls silent, or the code begins to do what it should not
 * @param healed that is over
 * @param end of the observation
 */
public record Phases(long start, long outage, long healed, long end) {}
