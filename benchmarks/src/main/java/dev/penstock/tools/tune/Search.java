package dev.penstock.tools.tune;

import dev.penstock.tools.tune.search.Effort;
import dev.penstock.tools.tune.search.Findings;
import dev.penstock.tools.tune.search.Goal;
import dev.penstock.tools.tune.search.Load;
import java.time.Duration;
import java.util.function.Consumer;

/** Finds the size; whoever writes this measures by way of the load. */
@FunctionalInterface
interface Search {
    /**
     * Measures until it knows, or the time is up, or the load stops.
     *
     * @param progress a line for whoever waits
     * @throws InterruptedException if the user has had enough
     */
    Findings run(Load load, Goal goal, Duration maxTime, Effort effort, Consumer<String> progress)
            throws InterruptedException;
}
