package dev.penstock.budget.live;

import dev.penstock.budget.Assessment;
import dev.penstock.budget.Plan;
import dev.penstock.budget.Verdict;
import java.util.List;

/**
 * A declared plan next to what a server said.
 *
 * @param reading what it said
 * @param plan with the server's limits in place of what was declared
 * @param assessment of that plan
 * @param differences between what was declared and what the server has, a sentence each
 */
public record Comparison(Reading reading, Plan plan, Assessment assessment, List<String> differences) {
    /** Copies the list. */
    public Comparison {
        differences = List.copyOf(differences);
    }

    static Comparison of(Reading reading, Plan declared) {
        Plan real = declared.withServer(reading.server().appliedTo(declared.server()));
        return new Comparison(reading, real, Assessment.of(real), List.of());
    }

    /** The worse of the plan on the real server, and of what is connected to it now. */
    public Verdict verdict() {
        return assessment.verdict();
    }

    /** Every line of every sum. */
    public List<String> explain() {
        return assessment.explain();
    }
}
