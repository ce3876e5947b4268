package dev.penstock.internal.events;

import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs what must not disturb whoever runs it. */
public final class Guarded {
    private static final Logger LOG = LoggerFactory.getLogger("dev.penstock");

    private Guarded() {}

    /**
     * What somebody else's code says; no if it throws, which is logged.
     *
     * @param where name of the connector or pool
     * @param question what it was asked, for the log
     */
    public static boolean saysYes(String where, String question, BooleanSupplier answer) {
        try {
            return answer.getAsBoolean();
        } catch (RuntimeException | Error e) {
            LOG.error("penstock '{}': no answer whether {}; taken for no", where, question, e);
            return false;
        }
    }

    /**
     * Logs what the task throws.
     *
     * @param where name of the connector or pool
     * @param what the task is for, as in {@code a sweep of its leases}
     */
    public static void run(String where, String what, Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.error("penstock '{}': {} failed", where, what, e);
        }
    }
}
