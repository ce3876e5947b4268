package dev.penstock.tools.suite.groups;

import dev.penstock.bench.BenchServer;
import dev.penstock.bench.PassThroughBenchmark;
import dev.penstock.bench.WorkerCpu;
import java.util.LinkedHashMap;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;

/** All calls in this JVM. Details: iterations, their length in ms. */
final class PassThroughWork {
    private PassThroughWork() {}

    /** By name of the method. */
    static Map<String, Double> measure(Assignment assignment) throws RunnerException {
        BenchServer.use(assignment.target());
        InThisJvm jmh = new InThisJvm(assignment.number(0), assignment.number(1), WorkerCpu.class);
        Map<String, Double> figures = new LinkedHashMap<>();
        for (RunResult result : jmh.run(
                PassThroughBenchmark.class, 1, Map.of("side", assignment.side().name()))) {
            figures.put(result.getPrimaryResult().getLabel(), InThisJvm.fastestCpu(result));
        }
        return figures;
    }
}
