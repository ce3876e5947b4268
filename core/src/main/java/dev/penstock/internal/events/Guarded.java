package dev.penstock.internal.events;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs what must not disturb whoever runs it. */
public final class Guarded {
    private static final Logger LOG = LoggerFactory.getLogger("dev.penstock");

    private Guarded() {}

    /**
     * Logs what the task throws.
     *
     * @param where name of the connector or pool
     */
    public static void run(String where, Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.error("penstock '{}': a change of the breaker did not reach everybody", where, e);
        }
    }
}
