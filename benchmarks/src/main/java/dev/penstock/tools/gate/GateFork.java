package dev.penstock.tools.gate;

import dev.penstock.bench.GateBenchmark;
import dev.penstock.bench.WorkerCpu;
import dev.penstock.tools.report.Sample;
import java.util.Collection;
import java.util.List;
import java.util.stream.DoubleStream;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * One JVM that measures one side.
 *
 * @param nanos of processor time per borrow and return in its fastest iteration: what others do to caches and cores
 *     only ever adds
 * @param clockNanos by the clock, median of its iterations
 * @param bytes allocated per borrow and return, likewise
 */
@SuppressWarnings("rawtypes") // JMH gives its results so
record GateFork(double nanos, double clockNanos, double bytes) {
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    GateFork {
        if (!(nanos > 0)) { // a JVM that does not tell would make any difference zero
            throw new IllegalArgumentException("processor time must be above 0, but was " + nanos);
        }
    }

    /** The two sides, by their names in {@link GateBenchmark}. */
    enum Side {
        BARE("bare"),
        GUARDED("guarded");

        private final String benchmark;

        Side(String benchmark) {
            this.benchmark = benchmark;
        }
    }

    /** Runs a fork to its end. */
    static GateFork run(Side side, int iterations, long iterationMillis) throws RunnerException {
        TimeValue time = TimeValue.milliseconds(iterationMillis);
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(GateBenchmark.class.getName() + "\\." + side.benchmark + "$")
                        .forks(1)
                        .warmupIterations(iterations)
                        .warmupTime(time)
                        .measurementIterations(iterations)
                        .measurementTime(time)
                        .addProfiler(GCProfiler.class)
                        .addProfiler(WorkerCpu.class)
                        .verbosity(VerboseMode.SILENT)
                        .shouldFailOnError(true)
                        .build())
                .run();
        return of(results.iterator().next());
    }

    private static GateFork of(RunResult result) {
        List<IterationResult> iterations =
                List.copyOf(result.getBenchmarkResults().iterator().next().getIterationResults());
        return new GateFork(
                iterations.stream()
                        .mapToDouble(iteration -> secondary(iteration, WorkerCpu.NAME))
                        .min()
                        .orElseThrow(),
                median(iterations.stream()
                        .mapToDouble(iteration -> iteration.getPrimaryResult().getScore())),
                median(iterations.stream().mapToDouble(iteration -> secondary(iteration, ALLOCATED))));
    }

    private static double secondary(IterationResult iteration, String name) {
        return iteration.getSecondaryResults().entrySet().stream()
                .filter(entry -> entry.getKey().endsWith(name)) // older JMH puts a dot before it
                .mapToDouble(entry -> entry.getValue().getScore())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("JMH reports no " + name));
    }

    private static double median(DoubleStream scores) {
        return Sample.of(scores.toArray()).median();
    }
}
