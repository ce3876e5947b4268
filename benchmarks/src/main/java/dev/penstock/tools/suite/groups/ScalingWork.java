package dev.penstock.tools.suite.groups;

import dev.penstock.bench.AllThreadsCpu;
import dev.penstock.bench.BenchServer;
import dev.penstock.bench.ScalingBenchmark;
import dev.penstock.bench.VirtualCrowd;
import dev.penstock.lab.stats.Sample;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;

/**
 * All rows in this JVM. Details: iterations, their length in ms, the number of virtual threads or 0 for none, how many
 * of the {@link #HOLDS}, then the numbers of platform threads.
 */
final class ScalingWork {
    /** Tokens of work while holding a connection: none, and some 20 us. */
    static final List<Integer> HOLDS = List.of(0, 10_000);

    private static final int WARM_UP_THREADS = 8;

    private ScalingWork() {}

    private static List<Integer> holds(Assignment assignment) {
        return HOLDS.subList(0, assignment.number(3));
    }

    static String cpu(int threads, int hold) {
        return "cpu, " + threads + ", " + hold;
    }

    static String clock(int threads, int hold) {
        return "clock, " + threads + ", " + hold;
    }

    static Map<String, Double> measure(Assignment assignment) throws Exception {
        BenchServer.use(assignment.target());
        List<Integer> threads =
                assignment.details().stream().skip(4).map(Integer::valueOf).toList();
        InThisJvm jmh = new InThisJvm(assignment.number(0), assignment.number(1), AllThreadsCpu.class);
        RunResult unused = run(jmh, assignment, WARM_UP_THREADS, 0); // by then all of it is compiled
        Map<String, Double> figures = new LinkedHashMap<>();
        for (int count : threads) {
            for (int hold : holds(assignment)) {
                RunResult result = run(jmh, assignment, count, hold);
                figures.put(cpu(count, hold), InThisJvm.medianCpu(result));
                figures.put(clock(count, hold), InThisJvm.medianClock(result) / count);
            }
        }
        if (assignment.number(2) > 0) {
            figures.putAll(virtual(assignment));
        }
        return figures;
    }

    private static Map<String, Double> virtual(Assignment assignment) throws Exception {
        Map<String, Double> figures = new LinkedHashMap<>();
        int count = assignment.number(2);
        for (int hold : holds(assignment)) {
            List<VirtualCrowd.Cost> costs = VirtualCrowd.measure(
                    assignment.side(), assignment.target(), count, hold, assignment.number(0), assignment.number(1));
            figures.put(cpu(count, hold), median(costs, VirtualCrowd.Cost::cpuNanos));
            figures.put(clock(count, hold), median(costs, VirtualCrowd.Cost::clockNanos));
        }
        return figures;
    }

    private static double median(List<VirtualCrowd.Cost> costs, ToDoubleFunction<VirtualCrowd.Cost> figure) {
        return Sample.of(costs.stream().mapToDouble(figure).toArray()).median();
    }

    private static RunResult run(InThisJvm jmh, Assignment assignment, int threads, int hold) throws RunnerException {
        return jmh.run(
                        ScalingBenchmark.class,
                        threads,
                        Map.of("side", assignment.side().name(), "hold", Integer.toString(hold)))
                .iterator()
                .next();
    }
}
