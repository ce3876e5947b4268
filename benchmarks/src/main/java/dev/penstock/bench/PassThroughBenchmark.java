package dev.penstock.bench;

import dev.penstock.tools.pools.OpenPool;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
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
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Calls on a borrowed connection that pgjdbc answers without its server: what is left is what the pool, and Penstock
 * above it, put in between. The figures to quote come from the group {@code pass-through} of the suite, which takes
 * turns.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // set by JMH
public class PassThroughBenchmark {
    /** Which pool. */
    @Param({"HIKARI", "PENSTOCK", "PENSTOCK_ALL"})
    public Side side;

    private BenchServer server;
    private OpenPool pool;
    private Connection connection;
    private Statement statement;

    @Setup(Level.Trial)
    public void start() throws Exception {
        server = BenchServer.open();
        pool = side.open(server.target(), 1);
    }

    /** A lease does not last as long as a benchmark. */
    @Setup(Level.Iteration)
    public void borrow() throws SQLException {
        connection = pool.dataSource().getConnection();
        statement = connection.createStatement();
    }

    @TearDown(Level.Iteration)
    public void giveBack() throws SQLException {
        connection.close();
    }

    @TearDown(Level.Trial)
    public void stop() throws Exception {
        pool.closing().close();
        server.close();
    }

    /** A statement is made and closed. */
    @Benchmark
    public void createStatement(Blackhole hole) throws SQLException {
        try (Statement made = connection.createStatement()) {
            hole.consume(made);
        }
    }

    /** Likewise one that is parsed on the client, and known by then. */
    @Benchmark
    public void prepareStatement(Blackhole hole) throws SQLException {
        try (PreparedStatement made = connection.prepareStatement("select 1")) {
            hole.consume(made);
        }
    }

    /** To what it is anyhow. */
    @Benchmark
    public void setAutoCommit() throws SQLException {
        connection.setAutoCommit(true);
    }

    /** A batch of nothing: the way of an execution down to where the driver would send it. */
    @Benchmark
    public int[] executeNothing() throws SQLException {
        return statement.executeBatch();
    }
}
