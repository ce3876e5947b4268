package dev.penstock.spring.actuate;

import dev.penstock.BudgetReport;
import dev.penstock.EffectiveSetting;
import dev.penstock.PenstockControl;
import dev.penstock.budget.Verdict;
import dev.penstock.spring.PenstockPool;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * A pool, and all that is known of it. Times are instants in UTC or end in {@code Millis}.
 *
 * @param pool the pool in a few numbers
 * @param sinceStart what was counted
 * @param addresses each host's in the order in which they would be tried now
 * @param leases what is on loan, the oldest first
 * @param callSites places that borrow, those first that hold connections for longest in all
 * @param limits of sessions, for each server
 * @param budget the latest check against the plan; null if there was none
 * @param settings as they are in force, with what they would be by default and where they come from
 */
public record PoolDetails(
        PoolSummary pool,
        Counts sinceStart,
        List<Address> addresses,
        List<Loan> leases,
        List<Site> callSites,
        List<Limits> limits,
        @Nullable Budget budget,
        List<EffectiveSetting> settings)
        implements OperationResponseBody {
    static PoolDetails of(PenstockPool pool, PenstockControl control) {
        return new PoolDetails(
                PoolSummary.of(pool, control),
                Counts.of(control),
                control.addresses().stream().map(Address::of).toList(),
                control.openLeases().stream().map(Loan::of).toList(),
                control.callSites().stream().map(Site::of).toList(),
                control.limitsInForce().stream().map(Limits::of).toList(),
                control.budget().map(Budget::of).orElse(null),
                control.config().settings());
    }

    /**
     * A check against the plan.
     *
     * @param service which of the plan's this is
     * @param verdict FITS, TIGHT or OVER
     * @param headline the sum that decides
     * @param lines every line of every sum, what is not as planned and what could not be checked before them
     */
    public record Budget(String service, Verdict verdict, String headline, List<String> lines) {
        static Budget of(BudgetReport report) {
            return new Budget(report.service(), report.verdict(), report.headline(), report.explain());
        }
    }
}
