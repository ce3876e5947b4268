package dev.penstock.internal.lease;

import dev.penstock.PoolControl;
import dev.penstock.SessionSettings;
import dev.penstock.internal.events.Listeners;
import dev.penstock.internal.watchdog.Watchdog;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What the leases of a pool have to do with.
 *
 * @param pool drops connections that are taken back
 * @param listeners told what is found
 * @param workers runs what may block, each task on a thread of its own
 * @param limits of the sessions
 * @param watchdog holds them to these; null: nobody does
 * @param locks asks the server about slow statements; null: nobody does
 */
public record Surroundings(
        PoolControl pool,
        Listeners listeners,
        Executor workers,
        SessionSettings limits,
        @Nullable Watchdog watchdog,
        @Nullable LockDiagnosis locks) {}
