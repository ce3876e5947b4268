package dev.penstock.internal.lease;

import dev.penstock.PoolControl;
import dev.penstock.internal.events.Listeners;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What the leases of a pool have to do with.
 *
 * @param pool drops connections that are taken back
 * @param listeners told what is found
 * @param workers runs what may block, each task on a thread of its own
 * @param locks asks the server about slow statements; null: nobody does
 */
public record Surroundings(
        PoolControl pool,
        Listeners listeners,
        Executor workers,
        @Nullable LockDiagnosis locks) {}
