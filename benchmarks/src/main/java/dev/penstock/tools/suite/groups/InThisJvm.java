package dev.penstock.tools.suite.groups;

import dev.penstock.bench.ThreadsCpu;
import dev.penstock.lab.stats.Sample;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs JMH in this JVM, which is one that a {@link Rounds} has started for it.
 *
 * @param iterations of the measurement, and as many to warm up
 * @param millis length of each
 * @param profiler which threads' time counts
 */
@SuppressWarnings("rawtypes") // JMH gives its results so
record InThisJvm(int iterations, int millis, Class<? extends ThreadsCpu> profiler) {
    /**
     * The options of such a JVM. JMH's lock is there against two of them, and JVMs come one after the other; threads of
     * a benchmark that have died for want of memory would be waited for.
     */
    static final List<String> OPTIONS =
            List.of("-Xms256m", "-Xmx256m", "-XX:+ExitOnOutOfMemoryError", "-Djmh.ignoreLock=true");

    /** All methods of that class. */
    Collection<RunResult> run(Class<?> benchmark, int threads, Map<String, String> parameters) throws RunnerException {
        TimeValue time = TimeValue.milliseconds(millis);
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(benchmark.getName() + "\\.")
                .forks(0)
                .threads(threads)
                .warmupIterations(iterations)
                .warmupTime(time)
                .measurementIterations(iterations)
                .measurementTime(time)
                .addProfiler(profiler)
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true);
        parameters.forEach(options::param);
        return new Runner(options.build()).run();
    }

    /** Nanoseconds of processor time for one operation in the fastest iteration: what others do only ever adds. */
    static double fastestCpu(RunResult result) {
        return cpu(result).stream().mapToDouble(x -> x).min().orElseThrow();
    }

    /** The same in the middle one: for threads that meet in different ways from one iteration to the next. */
    static double medianCpu(RunResult result) {
        return Sample.of(cpu(result).stream().mapToDouble(x -> x).toArray()).median();
    }

    private static List<Double> cpu(RunResult result) {
        return iterations(result, InThisJvm::cpu);
    }

    private static double cpu(IterationResult iteration) {
        return iteration.getSecondaryResults().values().stream()
                .filter(secondary -> secondary.getLabel().endsWith(ThreadsCpu.NAME))
                .mapToDouble(Result::getScore)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("JMH reports no " + ThreadsCpu.NAME));
    }

    /** By the clock, for one thread. */
    static double medianClock(RunResult result) {
        return Sample.of(iterations(
                                result,
                                iteration -> iteration.getPrimaryResult().getScore())
                        .stream()
                        .mapToDouble(x -> x)
                        .toArray())
                .median();
    }

    private static List<Double> iterations(RunResult result, ToDoubleFunction<IterationResult> figure) {
        return result.getBenchmarkResults().iterator().next().getIterationResults().stream()
                .map(figure::applyAsDouble)
                .toList();
    }
}
