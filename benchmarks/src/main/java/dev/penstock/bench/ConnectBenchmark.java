package dev.penstock.bench;

import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.tools.connect.Connects;
import java.sql.SQLException;
import java.util.Properties;
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

/**
 * One connect and close: the plain driver against the connector, by address and by name. For orientation; JMH runs one
 * side after the other, and a server drifts: the figure to quote comes from {@code bench connect}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@SuppressWarnings("NullAway.Init") // set by JMH
public class ConnectBenchmark {
    /** An address, and a name that has to be looked up. */
    @Param({"127.0.0.1", "localhost"})
    public String host;

    private PostgresServer server;
    private Connects connects;

    /** A server for each fork: it ends with the fork, however that ends. */
    @Setup(Level.Trial)
    public void start() throws SQLException {
        server = PostgresServer.start();
        Properties properties = server.credentials();
        properties.setProperty("sslmode", "disable");
        connects = new Connects(server.jdbcUrl(host, server.port()), properties);
    }

    @TearDown(Level.Trial)
    public void stop() {
        connects.close();
        server.close();
    }

    /** pgjdbc alone. */
    @Benchmark
    public long plainDriver() throws SQLException {
        return connects.plain();
    }

    /** The connector, all settings at their defaults. */
    @Benchmark
    public long connector() throws SQLException {
        return connects.penstock();
    }
}
