package dev.penstock.spring.actuate;

import dev.penstock.PenstockControl;
import dev.penstock.PoolControl;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The pool's numbers; one that the pool does not tell is -1.
 *
 * @param total that are there
 * @param active on loan
 * @param idle that could be lent now
 * @param max that the pool may have; 0 before it has started
 * @param waitingInPool callers that wait inside the pool
 * @param waitingInGate callers that Penstock keeps waiting before it: there is an outage, or it is suspended
 */
public record Connections(int total, int active, int idle, int max, int waitingInPool, int waitingInGate) {
    private static final int UNKNOWN = -1;

    static Connections of(PenstockControl control) {
        PoolControl pool = control.pool().orElse(null);
        return new Connections(
                of(pool, PoolControl::total),
                of(pool, PoolControl::active),
                of(pool, PoolControl::idle),
                of(pool, PoolControl::max),
                of(pool, PoolControl::waiting),
                control.waiting());
    }

    private static int of(@Nullable PoolControl pool, ToIntFunction<PoolControl> number) {
        return pool == null ? UNKNOWN : number.applyAsInt(pool);
    }

    /** A pool that has started may have at least one. */
    boolean started() {
        return max != 0;
    }

    int waiting() {
        return Math.max(0, waitingInPool) + waitingInGate;
    }
}
