package dev.penstock.budget;

/**
 * How large the pools of a service should be.
 *
 * @param service its name
 * @param declared how large they are in the plan
 * @param recommended the largest that always fits
 */
public record PoolSize(String service, int declared, int recommended) {
    /** For example {@code checkout: 10 -> 6}. */
    @Override
    public String toString() {
        return service + ": " + declared + " -> " + recommended;
    }
}
