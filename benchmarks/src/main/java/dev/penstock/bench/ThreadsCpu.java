package dev.penstock.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * JMH profiler: processor time of threads of this JVM per operation. On a machine that others use too, the time
 * on the clock is for the most part theirs; for code that waits for nothing this is what is left of it without them.
 */
@SuppressWarnings("rawtypes") // as JMH declares it
public abstract class ThreadsCpu implements InternalProfiler {
    /** Name of the result. */
    public static final String NAME = "cpu.time.norm";

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private Map<Long, Long> before = Map.of();

    /** Whether its time counts. */
    abstract boolean counts(ThreadInfo thread);

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        before = cpuNanos();
    }

    @Override
    public Collection<? extends Result> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        double nanos = (double) spent(before, cpuNanos()) / result.getMetadata().getAllOps();
        return List.of(new ScalarResult(NAME, nanos, "ns/op", AggregationPolicy.AVG));
    }

    /** By threads that are there at the end; one that has ended must not take away what it had used before. */
    static long spent(Map<Long, Long> before, Map<Long, Long> after) {
        return after.entrySet().stream()
                .mapToLong(thread -> thread.getValue() - before.getOrDefault(thread.getKey(), 0L))
                .sum();
    }

    /** By the number of the thread. */
    private Map<Long, Long> cpuNanos() {
        return LongStream.of(threads.getAllThreadIds())
                .mapToObj(threads::getThreadInfo)
                .filter(Objects::nonNull)
                .filter(this::counts)
                .map(ThreadInfo::getThreadId)
                .collect(Collectors.toMap(id -> id, id -> Math.max(0, threads.getThreadCpuTime(id))));
    }
}
