package dev.penstock.bench;

import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.tools.pools.Target;
import org.jspecify.annotations.Nullable;

/** The server of a benchmark: one that this JVM was given, or else one of its own. */
public final class BenchServer implements AutoCloseable {
    private static volatile @Nullable Target given;

    private final @Nullable PostgresServer own;
    private final Target target;

    private BenchServer(@Nullable PostgresServer own, Target target) {
        this.own = own;
        this.target = target;
    }

    /** Benchmarks that run in this very JVM go there from now on. */
    public static void use(Target target) {
        given = target;
    }

    static BenchServer open() {
        Target known = given;
        if (known != null) {
            return new BenchServer(null, known);
        }
        PostgresServer server = PostgresServer.start();
        return new BenchServer(server, new Target(server.jdbcUrl(), server.user(), server.password()));
    }

    Target target() {
        return target;
    }

    @Override
    public void close() {
        if (own != null) {
            own.close();
        }
    }
}
