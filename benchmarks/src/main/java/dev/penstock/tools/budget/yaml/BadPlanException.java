package dev.penstock.tools.budget.yaml;

import java.util.ArrayList;
import java.util.List;

/** A file is no plan. The message has a line for each problem, which begins with file, line and column. */
public final class BadPlanException extends Exception {
    private static final long serialVersionUID = 1L;

    private static final int MOST_SHOWN = 20;

    private final transient List<Problem> problems;

    /** A problem of the file as a whole. */
    BadPlanException(String file, String problem) {
        super(file + ": " + problem);
        this.problems = List.of();
    }

    /** At least one problem. */
    BadPlanException(String file, List<Problem> problems) {
        super(text(file, problems));
        this.problems = List.copyOf(problems);
    }

    private static String text(String file, List<Problem> problems) {
        List<String> lines = new ArrayList<>();
        problems.stream()
                .limit(MOST_SHOWN)
                .forEach(problem ->
                        lines.add(file + ":" + problem.line() + ":" + problem.column() + ": " + problem.message()));
        if (problems.size() > MOST_SHOWN) {
            lines.add(file + ": and " + (problems.size() - MOST_SHOWN) + " more");
        }
        return String.join("\n", lines);
    }

    /** In the order of the file; empty if it is the file as a whole. */
    public List<Problem> problems() {
        // null only after deserialisation
        return problems == null ? List.of() : problems;
    }
}
