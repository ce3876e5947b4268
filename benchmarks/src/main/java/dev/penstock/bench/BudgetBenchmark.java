package dev.penstock.bench;

import dev.penstock.budget.Assessment;
import dev.penstock.budget.Erlang;
import dev.penstock.budget.Plan;
import dev.penstock.budget.Recommendation;
import dev.penstock.budget.ServerLimits;
import dev.penstock.budget.Service;
import dev.penstock.budget.Share;
import dev.penstock.budget.Sharing;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A fleet of 1,000 services with 1,000 replicas each: what it takes to add it up, and to make it fit. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class BudgetBenchmark {
    private static final int SERVICES = 1_000;

    /** So that a pool of 1 does not fit for all, as in life, and one that fits is searched for. */
    @Param({"1000", "300"})
    private int replicas = 1_000;

    @Param
    private Sharing sharing = Sharing.EQUAL;

    private Plan fleet() {
        return Plan.of(ServerLimits.of(1_000_000))
                .withServices(IntStream.range(0, SERVICES)
                        .mapToObj(i -> Service.of("service-" + i, replicas, 1 + i % 20)
                                .withShare(new Share(1 + i % 7, 1 + i, 1_000_000)))
                        .toList());
    }

    /** From nothing to the verdict. */
    @Benchmark
    public Assessment assess() {
        return Assessment.of(fleet());
    }

    /** The same in a JVM that has computed nothing before: what a command line or the start of an application sees. */
    @Benchmark
    @BenchmarkMode(Mode.SingleShotTime)
    @Fork(10)
    @Warmup(iterations = 0)
    @Measurement(iterations = 1)
    public Assessment assessForTheFirstTime() {
        return Assessment.of(fleet());
    }

    /** From nothing to the recommended sizes. */
    @Benchmark
    public Recommendation recommend() {
        return Recommendation.of(fleet(), sharing);
    }

    /** How likely a borrower waits for one of 10,000 connections. */
    @Benchmark
    public double erlang() {
        return Erlang.waits(10_000, 9_900);
    }
}
