package dev.penstock.tools.suite.groups;

import java.util.List;
import java.util.Map;

/** Internal: the measuring half of a group, in a JVM of its own. */
public final class GroupFork {
    private GroupFork() {}

    /** Measures what the arguments and standard input say, prints that and ends this JVM. */
    public static void main(String[] arguments) throws Exception {
        Assignment assignment = Assignment.received(List.of(arguments));
        Map<String, Double> figures = assignment.work().measure(assignment);
        System.out.println(Printed.text(figures));
        System.exit(0); // whatever threads a pool has left
    }
}
