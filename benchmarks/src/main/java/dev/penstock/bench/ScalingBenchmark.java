package dev.penstock.bench;

import dev.penstock.tools.pools.OpenPool;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
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
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Borrow and return over ten connections, real ones of pgjdbc's, by as many threads as {@code -t} says; by virtual ones
 * see {@link VirtualCrowd}. The figures to quote come from the group {@code scaling} of the suite,
 * which takes turns.
 *
 * <p>While it has the connection a borrower works for as many tokens of {@link Blackhole#consumeCPU} as {@link #hold}
 * says, and half way gives the processor to others, as whoever waits for a server does: so more than ten borrowers do
 * wait for each other, be there two cores only. Nothing is sent, but for a connection that nobody has used for half a
 * second, which HikariCP looks at.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Threads(8)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // set by JMH
public class ScalingBenchmark {
    static final int CONNECTIONS = 10;

    /** Which pool. */
    @Param
    public Side side;

    /** Tokens of work with the connection; a token is one to two nanoseconds. */
    @Param({"0", "10000"})
    public int hold;

    private BenchServer server;
    private OpenPool pool;

    @Setup(Level.Trial)
    public void start() throws Exception {
        server = BenchServer.open();
        pool = side.open(server.target(), CONNECTIONS);
    }

    @TearDown(Level.Trial)
    public void stop() throws Exception {
        pool.closing().close();
        server.close();
    }

    /** One borrow, one return. */
    @Benchmark
    public void borrowAndReturn(Blackhole hole) throws SQLException {
        try (Connection connection = pool.dataSource().getConnection()) {
            hole.consume(connection);
            work(hold);
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // others are to run while this one has a connection
    static void work(int hold) {
        if (hold > 0) {
            Blackhole.consumeCPU(hold / 2);
            Thread.yield();
            Blackhole.consumeCPU(hold / 2);
        }
    }
}
