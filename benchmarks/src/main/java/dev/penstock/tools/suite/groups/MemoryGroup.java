package dev.penstock.tools.suite.groups;

import dev.penstock.bench.Side;
import dev.penstock.tools.suite.Figure;
import dev.penstock.tools.suite.Group;
import dev.penstock.tools.suite.SuiteEffort;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What a pool keeps in memory, all its connections made, and what each open lease keeps besides: heap in use after full
 * collections with many pools, less the same without, by the number of pools; likewise threads. Of a pool of ten most
 * is pgjdbc's, whose connections each have buffers of their own. What all pools of a JVM share is not in it, such as
 * Penstock's one sweeper and one watchdog. The lease is Penstock's alone, above the handle that HikariCP makes for each
 * borrow; it is counted on many leases over connections without a server. Nothing is promised of it.
 *
 * <p>With the serial collector, compressed pointers, and objects as this JDK lays them out.
 */
public final class MemoryGroup implements Group {
    /** Nothing that is reachable softly only may survive. */
    static final List<String> OPTIONS =
            List.of("-Xms256m", "-Xmx256m", "-XX:+UseSerialGC", "-XX:SoftRefLRUPolicyMSPerMB=0");

    /** HikariCP's threads that connect and disconnect end when they have had nothing to do for five seconds. */
    private static final List<String> POOLS = List.of("20", "10", "5500");

    private static final List<String> LEASES = List.of("10000");

    /** Makes the group. */
    public MemoryGroup() {}

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public Duration takes(SuiteEffort effort) {
        return Duration.ofSeconds(effort == SuiteEffort.QUICK ? 28 : 80);
    }

    @Override
    public List<Figure> measure(SuiteEffort effort, Consumer<String> progress) throws Exception {
        int count = effort == SuiteEffort.FULL ? 5 : 2;
        List<Map<String, Double>> leases = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            leases.add(Assignment.withoutServer(Work.LEASE_MEMORY, LEASES).measure(OPTIONS));
        }
        try (BenchPostgres postgres = BenchPostgres.start()) {
            Rounds pools = Rounds.atOnce(
                    count,
                    Side.PENSTOCK,
                    side -> new Assignment(Work.MEMORY, side, postgres.target(), POOLS).measure(OPTIONS),
                    progress);
            return rows(pools, leases);
        }
    }

    static List<Figure> rows(Rounds pools, List<Map<String, Double>> leases) {
        List<Figure> rows = new ArrayList<>();
        for (int size : MemoryWork.SIZES) {
            rows.addAll(rows(pools, "pool of " + size, MemoryWork.heap(size), "B"));
        }
        double lease = Observed.median(leases, LeaseMemoryWork.LEASE);
        rows.add(new Figure(Side.PENSTOCK.title() + ", open lease", lease, "B", null, null, null, leases.size(), null));
        for (int size : MemoryWork.SIZES) {
            rows.addAll(rows(pools, "threads of a pool of " + size, MemoryWork.threads(size), "threads"));
        }
        return rows;
    }

    private static List<Figure> rows(Rounds rounds, String what, String name, String unit) {
        return List.of(
                rounds.bareRow(Side.HIKARI.title() + ", " + what, name, unit),
                rounds.row(Side.PENSTOCK.title() + ", " + what, name, unit, null));
    }
}
