package dev.penstock.tools.tune.load;

import org.jspecify.annotations.Nullable;

/**
 * How work arrives.
 *
 * @param callers threads that do it: with a closed loop each does one unit after the other; with an open loop they are
 *     how many can wait for the pool at a time, and whoever is due beyond that waits all the same
 * @param rate units of work per second, whether or not the server keeps up (open loop); null: a closed loop
 * @param virtual whether the callers are virtual threads, which takes JDK 21
 * @param seed of all that is drawn
 */
public record LoadPlan(int callers, @Nullable Double rate, boolean virtual, long seed) {
    /** The first JDK with virtual threads. */
    public static final int FIRST_VIRTUAL = 21;

    /** For people. */
    public String loop() {
        String threads = virtual ? " on virtual threads" : "";
        if (rate == null) {
            return callers + (callers == 1 ? " caller" : " callers") + threads;
        }
        return (rate == Math.rint(rate) ? Long.toString(Math.round(rate)) : rate.toString()) + " units/s" + threads;
    }
}
