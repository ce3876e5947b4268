package dev.penstock.budget;

import org.jspecify.annotations.Nullable;

/**
 * Connections that no rollout changes: schedulers, cron jobs, management commands, consoles.
 *
 * @param name what they are
 * @param connections how many they hold at most
 * @param via name of the PgBouncer tier that they connect to; null: they connect to the server
 */
public record FixedClients(
        String name, int connections, @Nullable String via) {
    /** {@code connections} from 0 to 10^6. */
    public FixedClients {
        Bounds.name("name", name);
        Bounds.between("connections", 0, Bounds.MOST, connections);
    }

    /** Straight to the server. */
    public static FixedClients of(String name, int connections) {
        return new FixedClients(name, connections, null);
    }
}
