package dev.penstock.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.CompilerControl;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Borrow and return on a healthy pool: HikariCP alone, with Penstock, and what they are compared with. JMH runs one
 * side after the other; the figures to quote come from {@code bench gate} and {@code bench borrow}, which take turns.
 *
 * <p>All pools lend one real connection of pgjdbc's to a real server: nothing that a compiler could see through, and
 * cheap, because none of them looks whether a connection is alive that was used a moment ago. That not a byte is sent
 * is checked after every iteration. The recursion down to a stack that many frames deep is in all figures.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // set by JMH
public class BorrowBenchmark {
    /** Which pool, and how. */
    @Param
    public Side side;

    /** Frames between the benchmark and the borrow. */
    @Param({"10", "100"})
    public int depth;

    private PoolOnServer pool;

    @Setup(Level.Trial)
    public void start() throws Exception {
        pool = PoolOnServer.start(side);
    }

    /** What comes before the first borrow of an iteration may have lasted long enough for the pool to look. */
    @Setup(Level.Iteration)
    public void use() throws SQLException {
        pool.use();
    }

    @TearDown(Level.Iteration)
    public void checkThatNothingWasSent() {
        pool.checkThatNothingWasSent();
    }

    @TearDown(Level.Trial)
    public void stop() throws Exception {
        pool.close();
    }

    /** One borrow, one return. */
    @Benchmark
    public void borrowAndReturn(Blackhole hole) throws SQLException {
        descend(depth, pool.dataSource(), hole);
    }

    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    private static void descend(int depth, DataSource pool, Blackhole hole) throws SQLException {
        if (depth > 1) {
            descend(depth - 1, pool, hole);
        } else {
            borrow(pool, hole);
        }
    }

    private static void borrow(DataSource pool, Blackhole hole) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            hole.consume(connection);
        }
    }
}
