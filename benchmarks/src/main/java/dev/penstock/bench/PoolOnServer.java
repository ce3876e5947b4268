package dev.penstock.bench;

import dev.penstock.lab.fault.FaultProxy;
import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.tools.pools.OpenPool;
import dev.penstock.tools.pools.Target;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A pool whose one connection is a real one of pgjdbc's, through a proxy that counts bytes: so it can be told that
 * borrowing and returning sends none. Not thread-safe.
 */
final class PoolOnServer {
    /** HikariCP looks after half a second without use; an iteration can have that where others have the processors. */
    private static final String LOOKS_AFTER = "com.zaxxer.hikari.aliveBypassWindowMs";

    private static final Duration NEVER = Duration.ofHours(1);

    /** Null if somebody else ends it. */
    private final @Nullable PostgresServer server;

    private final FaultProxy proxy;
    private final OpenPool pool;
    private int connections;
    private long bytes;

    private PoolOnServer(@Nullable PostgresServer server, FaultProxy proxy, OpenPool pool) {
        this.server = server;
        this.proxy = proxy;
        this.pool = pool;
    }

    /** Starts the server and the pool; one that is to watch its leases does. */
    static PoolOnServer start(Side side) throws Exception {
        PostgresServer server = PostgresServer.start();
        return open(side, server, server);
    }

    /** The same, to a server that is there and stays. */
    static PoolOnServer over(PostgresServer server, Side side) throws Exception {
        return open(side, server, null);
    }

    private static PoolOnServer open(Side side, PostgresServer server, @Nullable PostgresServer own) throws Exception {
        FaultProxy proxy = FaultProxy.to(server.address());
        String url = server.jdbcUrl(proxy.address().getHostAddress(), proxy.port());
        OpenPool pool = openThatNeverLooks(side, new Target(url, server.user(), server.password()));
        return new PoolOnServer(own, proxy, pool);
    }

    private static OpenPool openThatNeverLooks(Side side, Target target) throws Exception {
        System.setProperty(LOOKS_AFTER, Long.toString(NEVER.toMillis())); // each pool reads it when it is made
        try {
            return side.open(target, 1);
        } finally {
            System.clearProperty(LOOKS_AFTER);
        }
    }

    DataSource dataSource() {
        return pool.dataSource();
    }

    /** Borrows and returns, which may ask the server when it was long ago; from here on nothing may be sent. */
    void use() throws SQLException {
        dataSource().getConnection().close();
        connections = proxy.accepted(); // DBCP2 tries one out when it starts, and closes it
        bytes = proxy.bytesFromClient();
    }

    /** Since {@link #use}, and by the same connection. */
    void checkThatNothingWasSent() {
        long sent = proxy.bytesFromClient() - bytes;
        if (sent != 0 || proxy.accepted() != connections) {
            throw new IllegalStateException(
                    "borrowing must not talk to the server, but sent " + sent + " bytes, " + proxy);
        }
    }

    void close() throws Exception {
        try (server;
                proxy) {
            pool.closing().close();
        }
    }
}
