package dev.penstock.tools.suite;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** A part of the suite that can be measured by itself. */
public interface Group {
    /** One word or two, for {@code --only} and as the heading of its table. */
    String name();

    /** About how long that takes on two idle cores. */
    Duration takes(SuiteEffort effort);

    /**
     * Measures; both sides of every ratio in this one call, in turn.
     *
     * @param effort how much of it
     * @param progress a line for whoever waits
     */
    List<Figure> measure(SuiteEffort effort, Consumer<String> progress) throws Exception;

    /** Whether a row that this group has elsewhere cannot be measured by this JVM, by name; none if not overridden. */
    default boolean leavesOut(String row) {
        return false;
    }
}
