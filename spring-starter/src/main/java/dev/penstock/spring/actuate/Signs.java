package dev.penstock.spring.actuate;

import dev.penstock.BreakerState;
import dev.penstock.BudgetReport;
import dev.penstock.OpenLease;
import dev.penstock.OutageReport;
import dev.penstock.PenstockControl;
import dev.penstock.budget.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the condition of a pool is judged by. A snapshot.
 *
 * @param breaker its state
 * @param outage the one that lasts; null if there is none
 * @param suspended whether it is suspended by hand
 * @param connections the pool's numbers
 * @param leaked connections on loan that look leaked
 * @param unlimited why servers do not have all the limits that are set
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
                        .map(limits -> String.valueOf(limits.reason()))
                        .distinct()
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
}
