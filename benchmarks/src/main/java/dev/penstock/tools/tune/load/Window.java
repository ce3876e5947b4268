package dev.penstock.tools.tune.load;

import dev.penstock.tools.tune.search.Effort;

/**
 * When a measurement is warming up, and when it counts; on the clock of {@link System#nanoTime}.
 *
 * @param start of the warm-up
 * @param counts from when on
 * @param end until when
 */
record Window(long start, long counts, long end) {
    static Window from(long start, Effort effort) {
        return new Window(
                start, start + effort.warmUp().toNanos(), start + effort.total().toNanos());
    }

    boolean contains(long time) {
        return time - counts >= 0 && time - end < 0;
    }

    boolean isOver(long time) {
        return time - end >= 0;
    }
}
