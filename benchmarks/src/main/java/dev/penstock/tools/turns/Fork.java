package dev.penstock.tools.turns;

import dev.penstock.bench.BorrowBenchmark;
import dev.penstock.bench.Side;
import dev.penstock.bench.WorkerCpu;
import dev.penstock.lab.stats.Sample;
import dev.penstock.tools.child.ChildJvm;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
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
public record Fork(double nanos, double clockNanos, double bytes) {
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    public Fork {
        if (!(nanos > 0)) { // a JVM that does not tell would make any difference zero
            throw new IllegalArgumentException("processor time must be above 0, but was " + nanos);
        }
    }

    /** Runs a fork to its end. */
    static Fork run(Side side, int depth, TurnOptions options) throws RunnerException {
        TimeValue time = TimeValue.milliseconds(options.millis());
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(BorrowBenchmark.class.getName() + "\\.")
                        .param("side", side.name())
                        .param("depth", Integer.toString(depth))
                        .forks(1)
                        .jvmArgsAppend(ChildJvm.WITHOUT_WARNINGS.toArray(new String[0]))
                        .warmupIterations(options.iterations())
                        .warmupTime(time)
                        .measurementIterations(options.iterations())
                        .measurementTime(time)
                        .addProfiler(GCProfiler.class)
                        .addProfiler(WorkerCpu.class)
                        .verbosity(VerboseMode.SILENT)
                        .shouldFailOnError(true)
                        .build())
                .run();
        return of(results.iterator().next());
    }

    /** For a line of progress. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%6.1f ns (clock %6.1f) %5.1f B", nanos, clockNanos, bytes);
    }

    private static Fork of(RunResult result) {
        List<IterationResult> iterations =
                List.copyOf(result.getBenchmarkResults().iterator().next().getIterationResults());
        return new Fork(
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
