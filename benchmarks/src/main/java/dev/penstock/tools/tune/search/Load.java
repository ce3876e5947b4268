package dev.penstock.tools.tune.search;

/**
 * What pools of different sizes are measured with: a server and work for it, or the simulation of both.
 *
 * <p>Not thread-safe: one measurement at a time.
 */
@FunctionalInterface
public interface Load {
    /**
     * Works with a pool of that size, warmed up, for that long.
     *
     * @throws InterruptedException if the user has had enough
     * @throws LoadStoppedException if it must not go on: the server has no room left, or refuses the work
     */
    Measured measure(int size, Effort effort) throws InterruptedException, LoadStoppedException;
}
