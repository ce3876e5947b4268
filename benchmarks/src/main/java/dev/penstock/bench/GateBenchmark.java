package dev.penstock.bench;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.penstock.BreakerMode;
import dev.penstock.PenstockConfig;
import dev.penstock.hikari.PenstockHikariDataSource;
import dev.penstock.lab.fault.FaultProxy;
import dev.penstock.lab.postgres.PostgresServer;
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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Borrow and return on a healthy pool: HikariCP alone against HikariCP with the gate above it and the breaker below.
 * JMH runs one side after the other; the figure to quote comes from {@code bench gate}, which takes turns.
 *
 * <p>Both pools lend one real connection of pgjdbc's to a real server: nothing that a compiler could see through, and
 * cheap, because HikariCP does not look whether a connection is alive that was used half a second ago. That not a byte
 * is sent is checked after every iteration. The recursion down to a stack ten frames deep is in both figures.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class GateBenchmark {
    private static final int DEPTH = 10;

    /** A pool of one connection, through a proxy that counts bytes; a server for each fork. */
    @SuppressWarnings("NullAway.Init") // set by JMH
    public abstract static class Pool {
        private PostgresServer server;
        private FaultProxy proxy;
        private HikariDataSource pool;
        private long bytes;

        HikariDataSource pool() {
            return pool;
        }

        /** Over this configuration. */
        abstract HikariDataSource start(HikariConfig config);

        @Setup(Level.Trial)
        public void start() throws SQLException {
            server = PostgresServer.start();
            proxy = FaultProxy.to(server.address());
            HikariConfig config = new HikariConfig();
            config.setJdbcUrl(server.jdbcUrl(proxy.address().getHostAddress(), proxy.port()));
            config.setUsername(server.user());
            config.setPassword(server.password());
            config.setMaximumPoolSize(1);
            pool = start(config);
            pool.getConnection().close();
        }

        /** What comes before the first borrow of an iteration may have outlasted the half second. */
        @Setup(Level.Iteration)
        public void use() throws SQLException {
            pool.getConnection().close();
            bytes = proxy.bytesFromClient();
        }

        @TearDown(Level.Iteration)
        public void checkThatNothingWasSent() {
            long sent = proxy.bytesFromClient() - bytes;
            if (sent != 0 || proxy.accepted() != 1) {
                throw new IllegalStateException(
                        "borrowing must not talk to the server, but sent " + sent + " bytes, " + proxy);
            }
        }

        @TearDown(Level.Trial)
        public void stop() {
            pool.close();
            proxy.close();
            server.close();
        }
    }

    /** HikariCP over pgjdbc. */
    @State(Scope.Benchmark)
    public static class Bare extends Pool {
        @Override
        HikariDataSource start(HikariConfig config) {
            return new HikariDataSource(config);
        }
    }

    /** The same with Penstock, its breaker on. */
    @State(Scope.Benchmark)
    public static class Guarded extends Pool {
        @Override
        HikariDataSource start(HikariConfig config) {
            return new PenstockHikariDataSource(
                    config,
                    PenstockConfig.builder()
                            .breaker(b -> b.mode(BreakerMode.ON))
                            .build());
        }
    }

    /** HikariCP alone. */
    @Benchmark
    public void bare(Bare bare, Blackhole hole) throws SQLException {
        descend(DEPTH, bare.pool(), hole);
    }

    /** With gate and breaker. */
    @Benchmark
    public void guarded(Guarded guarded, Blackhole hole) throws SQLException {
        descend(DEPTH, guarded.pool(), hole);
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
