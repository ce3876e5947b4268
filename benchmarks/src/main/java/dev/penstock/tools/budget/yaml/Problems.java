package dev.penstock.tools.budget.yaml;

import dev.penstock.budget.InvalidBudgetException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** Collects what is wrong with a file, and knows where in it each field stands. Not thread-safe. */
final class Problems {
    private final String file;
    private final List<Problem> found = new ArrayList<>();
    private final Map<String, Mark> marks = new HashMap<>();

    Problems(String file) {
        this.file = file;
    }

    int count() {
        return found.size();
    }

    /** The path of that part of the file; empty for all of it. */
    void locate(String path, Node node) {
        node.getStartMark().ifPresent(mark -> marks.put(path, mark));
    }

    /** For example {@code services[1]} and {@code poolSize}. */
    static String path(String owner, String field) {
        return owner.isEmpty() ? field : owner + "." + field;
    }

    void add(Problem problem) {
        found.add(problem);
    }

    void add(Node at, String message) {
        add(at.getStartMark(), message);
    }

    void add(Optional<Mark> at, String message) {
        found.add(new Problem(
                at.map(Mark::getLine).orElse(0) + 1, at.map(Mark::getColumn).orElse(0) + 1, message));
    }

    /** Where the field stands, or if it is a sum of several, or left to its default: where its owner does. */
    void add(String owner, InvalidBudgetException refused) {
        String path = path(owner, refused.field());
        Mark mark = marks.getOrDefault(path, marks.get(owner));
        add(Optional.ofNullable(mark), path + " " + refused.rule() + ", but was " + refused.value());
    }

    /** What the reader throws when it has found any. */
    BadPlanException exception() {
        found.sort(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column));
        return new BadPlanException(file, found);
    }
}
