package dev.penstock.internal.budget;

import dev.penstock.BudgetSettings;
import dev.penstock.budget.ApplicationName;
import dev.penstock.budget.Plan;
import dev.penstock.budget.Service;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pool next to its service in a plan.
 *
 * @param plan the declared one; with pools as large as this one is, if that is larger than planned and can be counted
 * @param service as it appears in the plan
 * @param unplanned a sentence on where this pool is not as it was planned; null: it is
 */
record PlannedPool(Plan plan, String service, @Nullable String unplanned) {
    /** The most that the calculator takes. */
    private static final int COUNTED = 1_000_000;

    /** With a pool of that size. Pools that are smaller than planned are as planned: others of its kind may not be. */
    static PlannedPool of(Plan plan, BudgetSettings settings, String pool, int maximumPoolSize) {
        ApplicationName unused = settings.applicationName(pool).orElseThrow();
        String name = String.valueOf(settings.service());
        Service service = plan.services().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
        if (maximumPoolSize <= service.poolSize()) {
            return new PlannedPool(plan, name, null);
        }
        String larger = "maximumPoolSize of this pool is " + maximumPoolSize + ", more than the " + service.poolSize()
                + " that the plan has for each pool of " + name;
        // of several pools per replica it is not known how large the others are
        if (service.pools() > 1 || maximumPoolSize > COUNTED) {
            return new PlannedPool(plan, name, larger + "; the sum is that of the plan");
        }
        return new PlannedPool(
                resized(plan, service, maximumPoolSize), name, larger + "; the sum has " + maximumPoolSize);
    }

    private static Plan resized(Plan plan, Service service, int size) {
        List<Service> others = plan.services().stream()
                .map(one -> one.equals(service) ? one.withPoolSize(size) : one)
                .toList();
        return plan.withServices(others);
    }
}
