package dev.penstock.tools.suite.groups;

import dev.penstock.bench.Side;
import dev.penstock.tools.child.ChildJvm;
import dev.penstock.tools.child.ParentJvm;
import dev.penstock.tools.pools.Target;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a JVM of its own is to measure.
 *
 * @param side with which pool
 * @param target where that connects to
 * @param details as the work has it
 */
record Assignment(Work work, Side side, Target target, List<String> details) {
    Assignment {
        details = List.copyOf(details);
    }

    /** For work that takes no server. */
    static Assignment withoutServer(Work work, List<String> details) {
        return new Assignment(work, Side.PENSTOCK, new Target("-", "-", "-"), details);
    }

    /**
     * Has it measured in a JVM of its own.
     *
     * @param options of that JVM
     */
    Map<String, Double> measure(List<String> options) throws IOException, InterruptedException {
        List<String> main = new ArrayList<>(
                List.of(GroupFork.class.getName(), work.name(), side.name(), target.url(), target.user()));
        main.addAll(details);
        return Printed.parse(ChildJvm.run(options, main, target.password() + "\n"));
    }

    /** Within that: the password comes on standard input. */
    static Assignment received(List<String> arguments) throws IOException {
        String password = ParentJvm.listen(1).get(0);
        return new Assignment(
                Work.valueOf(arguments.get(0)),
                Side.valueOf(arguments.get(1)),
                new Target(arguments.get(2), arguments.get(3), password),
                arguments.subList(4, arguments.size()));
    }

    /** A detail that is a number. */
    int number(int index) {
        return Integer.parseInt(details.get(index));
    }
}
