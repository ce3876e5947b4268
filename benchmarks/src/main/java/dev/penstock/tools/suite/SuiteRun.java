package dev.penstock.tools.suite;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One group after the other. */
final class SuiteRun {
    private final SuiteEffort effort;
    private final Consumer<String> out;

    SuiteRun(SuiteEffort effort, Consumer<String> out) {
        this.effort = effort;
        this.out = out;
    }

    /** Measures, and prints a table for each. JVMs that a group has started end with this one. */
    List<GroupResult> run(List<Group> groups) throws InterruptedException {
        out.accept(length(groups));
        List<GroupResult> results = new ArrayList<>();
        ChildJvms children = ChildJvms.endWithThis();
        try (children) {
            for (Group group : groups) {
                results.add(run(group));
            }
        }
        return results;
    }

    /** What is known before it begins. */
    private String length(List<Group> groups) {
        Duration all = groups.stream().map(group -> group.takes(effort)).reduce(Duration.ZERO, Duration::plus);
        long minutes = Math.max(1, Math.round(all.toSeconds() / 60.0));
        return groups.size() + " groups, " + effort.name().toLowerCase(Locale.ROOT) + ": some " + minutes
                + (minutes == 1 ? " minute" : " minutes") + " on two idle cores";
    }

    private GroupResult run(Group group) throws InterruptedException {
        out.accept("");
        out.accept(String.format(
                Locale.ROOT,
                "%s ... (%d s on two idle cores)",
                group.name(),
                group.takes(effort).toSeconds()));
        long startedAt = System.nanoTime();
        GroupResult result = GroupResult.of(group, effort, line -> out.accept("  " + line));
        long took = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startedAt);
        out.accept(String.format(Locale.ROOT, "%s: %d s", group.name(), took));
        if (result.failure() == null) {
            FigureTable.of(result.figures()).lines().forEach(out);
        } else {
            out.accept(ResultsWriter.NOT_MEASURED + result.failure());
        }
        return result;
    }
}
