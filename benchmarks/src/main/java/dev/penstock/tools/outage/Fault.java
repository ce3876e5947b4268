package dev.penstock.tools.outage;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What happens to the database, to the connections that are open and to those that are tried meanwhile. */
enum Fault {
    SILENT(
            "silent",
            "Silent peer: connects are accepted and never answered, open connections hang; what was opened before or"
                    + " during the outage stays silent for good",
            false,
            null),
    REFUSED("refused", "Refused: nobody listens, open connections are reset", false, null),
    BLACK_HOLE(
            "black-hole",
            "Black hole: SYNs are dropped, open connections hang; afterwards both go on as after a partition",
            false,
            null),
    KILLED("killed", "Killed: kill -9 of the server, which is started again at the end of the outage", false, null),
    DEAD_ADDRESS(
            "dead-address",
            "One of two addresses dead: the name's first address drops SYNs and its open connections hang, the second"
                    + " is well; afterwards the first resets what was open, as a machine that was booted",
            false,
            null),
    RESTART(
            "restart-8s",
            "Restart of 8 s with everything at its default, limits and sizes too: kill -9, started again after 8 s",
            true,
            Duration.ofSeconds(8)),
    SILENT_DEFAULTS(
            "silent-defaults",
            "Silent peer with everything at its default, limits and sizes too; stated, not judged",
            true,
            null);

    private final String key;
    private final String description;
    private final boolean defaults;
    private final @Nullable Duration fixedOutage;

    Fault(String key, String description, boolean defaults, @Nullable Duration fixedOutage) {
        this.key = key;
        this.description = description;
        this.defaults = defaults;
        this.fixedOutage = fixedOutage;
    }

    /** The name on the command line and in the JSON. */
    String key() {
        return key;
    }

    /** One line for the report. */
    String description() {
        return description;
    }

    /** Whether pools get nothing but an address and credentials. */
    boolean defaults() {
        return defaults;
    }

    /** How long it lasts, given what was asked for. */
    Duration outage(Duration wanted) {
        return fixedOutage == null ? wanted : fixedOutage;
    }

    /** How long recovery is watched: callers with default limits may come back from a wait of 30 s. */
    Duration watch(Duration wanted) {
        return defaults ? wanted.multipliedBy(2) : wanted;
    }
}
