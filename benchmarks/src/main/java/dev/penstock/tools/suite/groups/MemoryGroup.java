package dev.penstock.tools.suite.groups;

import dev.penstock.bench.Contender;
import dev.penstock.tools.suite.Figure;
import dev.penstock.tools.suite.Group;
import dev.penstock.tools.suite.SuiteEffort;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a pool keeps in memory, all its connections made, and what each open lease keeps besides: heap in use after full
 * collections with many pools, less the same without, by the number of pools; likewise threads. Of a pool of ten most
 * is pgjdbc's, whose connections each have buffers of their own. What all pools of a JVM share is not in it, such as
 * Penstock's one sweeper and one watchdog. Nothing is promised of it.
 *
 * <p>With the serial collector, compressed pointers, and objects as this JDK lays them out.
 */
public final class MemoryGroup implements Group {
    /** Nothing that is reachable softly only may survive. */
    static final List<String> OPTIONS =
            List.of("-Xms256m", "-Xmx256m", "-XX:+UseSerialGC", "-XX:SoftRefLRUPolicyMSPerMB=0");

    /** HikariCP's threads that connect and disconnect end when they have had nothing to do for five seconds. */
    private static final List<String> DETAILS = List.of("40", "20", "5500");

    /** Makes the group. */
    public MemoryGroup() {}

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public List<Figure> measure(SuiteEffort effort, Consumer<String> progress) throws Exception {
        try (BenchPostgres postgres = BenchPostgres.start()) {
            return rows(Rounds.run(
                    effort == SuiteEffort.FULL ? 5 : 2,
                    side -> new Assignment(Work.MEMORY, side, postgres.target(), DETAILS).measure(OPTIONS),
                    progress));
        }
    }

    static List<Figure> rows(Rounds rounds) {
        List<Figure> rows = new ArrayList<>();
        for (int size : MemoryWork.SIZES) {
            rows.addAll(rows(rounds, "pool of " + size, MemoryWork.heap(size), "B"));
        }
        rows.addAll(rows(rounds, "open lease", MemoryWork.LEASE, "B"));
        for (int size : MemoryWork.SIZES) {
            rows.addAll(rows(rounds, "threads of a pool of " + size, MemoryWork.threads(size), ""));
        }
        return rows;
    }

    private static List<Figure> rows(Rounds rounds, String what, String name, String unit) {
        return List.of(
                rounds.bareRow(Contender.HIKARI.title() + ", " + what, name, unit),
                rounds.row(Contender.PENSTOCK.title() + ", " + what, name, unit, null));
    }
}
