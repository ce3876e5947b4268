package dev.penstock;

/**
 * A pool that does not start because of {@code budget.check=fail}: its plan needs more connections than the server has.
 * Nothing was opened. The message has every line of the sum.
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

    /** What was checked; null after deserialization. */
    public BudgetReport report() {
        return report;
    }
}
