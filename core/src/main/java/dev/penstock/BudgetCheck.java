package dev.penstock;

/** What becomes of a start whose plan does not fit: {@code budget.check}. */
public enum BudgetCheck {
    /** Nothing is computed and nothing asked. */
    OFF,
    /** The pool starts, and one log line says so. */
    WARN,
    /**
     * The pool does not start if the plan is known to be {@link dev.penstock.budget.Verdict#OVER} with the limits that
     * the server really has. It does if that could not be found out.
     */
    FAIL
}
