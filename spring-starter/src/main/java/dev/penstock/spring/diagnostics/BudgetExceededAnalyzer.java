package dev.penstock.spring.diagnostics;

import dev.penstock.BudgetExceededException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** A pool that does not start because its plan does not fit. The message has every line of the sum. */
final class BudgetExceededAnalyzer extends AbstractFailureAnalyzer<BudgetExceededException> {
    private static final String ACTION =
            "Make the pool smaller (spring.datasource.hikari.maximum-pool-size, or what else"
                    + " it is bound to), or change what else the sum has, and correct the plan (penstock.budget.plan). With"
                    + " penstock.budget.check=warn the application starts all the same.";

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, BudgetExceededException cause) {
        return new FailureAnalysis(String.valueOf(cause.getMessage()), ACTION, cause);
    }
}
