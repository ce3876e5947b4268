package dev.penstock.spring.actuate;

import dev.penstock.BreakerState;
import dev.penstock.BudgetReport;
import dev.penstock.LimitsInForce;
import dev.penstock.OpenLease;
import dev.penstock.OutageReport;
import dev.penstock.PenstockControl;
import dev.penstock.PoolControl;
import dev.penstock.budget.Verdict;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What the condition of a pool is judged by. A snapshot.
 *
 * @param breaker its state
 * @param outage the one that lasts; null if there is none
 * @param suspended whether it is suspended by hand
 * @param connections the pool's numbers
 * @param leaked connections on loan that look leaked
 * @param unlimited a sentence for each server that does not have the limits that are set
 * @param overBudget headline of the check against the plan if that is OVER; null if not
 */
record Signs(
        BreakerState breaker,
        @Nullable OutageReport outage,
        boolean suspended,
        Connections connections,
        int leaked,
        List<String> unlimited,
        @Nullable String overBudget) {
    /** Of that pool now; nobody is asked or waited for. */
    static Signs of(PenstockControl control) {
        return new Signs(
                control.breakerState(),
                control.outage().orElse(null),
                control.isSuspended(),
                Connections.of(control),
                leaked(control.openLeases()),
                control.limitsInForce().stream()
                        .filter(limits -> !limits.complete())
                        .map(LimitsInForce::describe)
                        .toList(),
                control.budget()
                        .filter(report -> report.verdict() == Verdict.OVER)
                        .map(BudgetReport::headline)
                        .orElse(null));
    }

    private static int leaked(List<OpenLease> leases) {
        return (int) leases.stream()
                .filter(lease -> lease.verdict() != null && lease.verdict().isLeak())
                .count();
    }

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
}
