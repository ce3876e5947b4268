package dev.penstock.replay.pools;

import com.zaxxer.hikari.HikariDataSource;
import dev.penstock.lab.fault.Behaviour;
import dev.penstock.lab.fault.FaultProxy;
import dev.penstock.lab.postgres.PostgresServer;
import java.util.Optional;

/** A pool, its borrowers, and its own way to the server, which can be cut. Used by one thread. */
public final class Side implements AutoCloseable {
    private final FaultProxy proxy;
    private final HikariDataSource pool;
    private final Borrowers borrowers;

    private Side(FaultProxy proxy, HikariDataSource pool, int count) {
        this.proxy = proxy;
        this.pool = pool;
        this.borrowers = new Borrowers(pool.getPoolName(), pool, count);
    }

    /** Opens the pool, which has at least one connection then, and starts the borrowers. */
    public static Side open(PostgresServer server, Pools.Kind kind, int borrowers) {
        FaultProxy proxy = FaultProxy.to(server.address());
        try {
            String url = server.jdbcUrl(server.host(), proxy.port());
            Side side = new Side(proxy, kind.open(url, server.credentials()), borrowers);
            side.borrowers.start();
            return side;
        } catch (RuntimeException e) {
            proxy.close();
            throw e;
        }
    }

    /** From now on new connections are accepted and never hear a word; those that were open are reset. */
    public void fallSilent() {
        proxy.behave(Behaviour.silent());
        proxy.resetOpen();
    }

    /** From now on new connections are served. Those that were accepted in between stay silent for ever. */
    public void heal() {
        proxy.behave(Behaviour.pass());
    }

    public long served() {
        return borrowers.served();
    }

    public long failed() {
        return borrowers.failed();
    }

    /** Where the thread that opens this pool's connections is stuck in the driver, empty if it is not. */
    public Optional<String> adderStuckIn() {
        return Adder.stuckIn(pool.getPoolName());
    }

    /** Ends the borrowing and counts. */
    public Tally stop(Phases phases) {
        borrowers.close();
        return new Tally(borrowers.borrows(), phases);
    }

    /** The proxy goes first: its resets free whoever hangs in a silent connection. */
    @Override
    public void close() {
        proxy.close();
        borrowers.close();
        pool.close();
    }
}
