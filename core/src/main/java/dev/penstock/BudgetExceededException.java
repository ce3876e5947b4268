package dev.penstock;

/**
 * The plan needs more connections than the server has: a pool does not start because of {@code budget.check=fail}, and
 * nothing was opened, or it is not resized. The message has every line of the sum.
 */
public final class BudgetExceededException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    private final transient BudgetReport report;

    /**
     * @param pool name of the pool
     * @param report of the check
     */
    public BudgetExceededException(String pool, BudgetReport report) {
        super("penstock '" + pool + "': the pool does not start (penstock.budget.check=fail): " + report.describe()
                + "\n  what to do: smaller pools, fewer replicas or a smaller surge, PgBouncer in transaction mode, or a"
                + " larger max_connections if the server has the memory; then correct the plan. To start all the same:"
                + " penstock.budget.check=warn");
        this.report = report;
    }

    private BudgetExceededException(BudgetReport report, String message) {
        super(message);
        this.report = report;
    }

    /** Of a pool that must not grow to that size. */
    static BudgetExceededException ofResize(String pool, int from, int to, BudgetReport report) {
        return new BudgetExceededException(
                report,
                "penstock '" + pool + "': not resized from " + from + " to " + to
                        + ", the plan (penstock.budget.plan) has no room for it: " + report.describe());
    }

    /** What was checked; null after deserialization. */
    public BudgetReport report() {
        return report;
    }
}
