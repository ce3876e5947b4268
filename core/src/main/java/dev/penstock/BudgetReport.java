package dev.penstock;

import dev.penstock.budget.Assessment;
import dev.penstock.budget.Verdict;
import dev.penstock.budget.live.Comparison;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the check of a pool against its plan has come to. Immutable.
 *
 * @param service which of the plan's services the pool belongs to
 * @param declared the plan with the server's limits as they were declared
 * @param live the plan with the limits that the server really has; null if those could not be read
 * @param unplanned a sentence on where the pool is not as it was planned; null: it is
 * @param unchecked why {@code live} is missing, or, if it is not, on the connection pooler because of which it must not
 *     be relied upon; null: neither
 */
public record BudgetReport(
        String service,
        Assessment declared,
        @Nullable Comparison live,
        @Nullable String unplanned,
        @Nullable String unchecked) {
    private static final int LINES = 100;

    /** With the real limits where they are known, else with the declared ones. */
    public Verdict verdict() {
        return live == null ? declared.verdict() : live.verdict();
    }

    /** The plan's sum, with the limits that the server really has where those can be relied upon, else as declared. */
    public Assessment sum() {
        return live == null || unchecked != null ? declared : live.assessment();
    }

    /**
     * Whether the plan needs more connections than the server has, as a matter of fact: that alone keeps a pool from
     * starting with {@link BudgetCheck#FAIL}. Never so while the real limits are not known, nor because of what is
     * connected at the moment, nor because of what the plan says of the clients of a PgBouncer.
     */
    public boolean isOver() {
        return unchecked == null && live != null && live.assessment().server().verdict() == Verdict.OVER;
    }

    /** Whether everything is as planned, known, and fits with room to spare. */
    public boolean isFine() {
        return verdict() == Verdict.FITS && unplanned == null && unchecked == null;
    }

    /**
     * For example {@code budget OVER for service checkout, with the limits that the server has; server: 100 of 97
     * connections in steady state, tight above 77: OVER}.
     */
    public String headline() {
        return "budget " + verdict() + " for service " + service
                + (live == null ? ", with the limits that were declared; " : ", with the limits that the server has; ")
                + (live == null ? declared.headline() : live.headline());
    }

    /** What to know about the sum, and every line of it; what the server said has the pooler's own line. */
    public List<String> explain() {
        List<String> lines = new ArrayList<>();
        if (unplanned != null) {
            lines.add("not as planned: " + unplanned);
        }
        if (unchecked != null) {
            lines.add(
                    live == null
                            ? "the server's own limits are not known: " + unchecked
                            : "not to be relied upon, because of the connection pooler that stands in between");
        }
        lines.addAll(live == null ? declared.explain() : live.explain());
        return lines;
    }

    /** What a log or a person gets: the headline, then the first {@value #LINES} of {@link #explain}. */
    public String describe() {
        List<String> lines = explain();
        String all = headline() + "\n  " + lines.stream().limit(LINES).collect(Collectors.joining("\n  "));
        int more = lines.size() - LINES;
        return more > 0 ? all + "\n  ... and " + more + " more lines: control().budget() has them" : all;
    }
}
