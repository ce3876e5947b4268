package dev.penstock.replay.pools;

import com.zaxxer.hikari.HikariDataSource;
import dev.penstock.lab.postgres.PostgresServer;
import java.sql.SQLException;
import java.util.Optional;

/** A pool and its borrowers. Used by one thread. */
public final class Side implements AutoCloseable {
    private final HikariDataSource pool;
    private final Borrowers borrowers;
    private final LeakyCode leaky;
    private final RunawayCode runaway;
    private final ForgottenTransaction forgotten;

    private Side(HikariDataSource pool) {
        this.pool = pool;
        this.borrowers = new Borrowers(pool.getPoolName(), pool);
        this.leaky = new LeakyCode(pool.getPoolName(), pool);
        this.runaway = new RunawayCode(pool.getPoolName(), pool);
        this.forgotten = new ForgottenTransaction(pool.getPoolName(), pool);
    }

    /** Opens a pool straight to the server, which has at least one connection then, and starts the borrowers. */
    public static Side open(PostgresServer server, Pools.Kind kind, int borrowers) {
        return open(server.jdbcUrl(), server, kind, borrowers);
    }

    static Side open(String url, PostgresServer server, Pools.Kind kind, int borrowers) {
        Side side = new Side(kind.open(url, server.credentials()));
        side.callers(borrowers);
        return side;
    }

    /** Of the pool. */
    public String name() {
        return pool.getPoolName();
    }

    /** So many more borrowers. */
    public void callers(int more) {
        borrowers.start(more);
    }

    /** One connection is borrowed and does not come back, if there is one to be had. */
    public void leak() {
        leaky.exportOnePage();
    }

    /** How many were leaked so far. */
    public int leaked() {
        return leaky.leaked();
    }

    /** A report is begun that takes a minute, if there is a connection to be had. */
    public void runAway() {
        runaway.report();
    }

    /** A transaction is begun that nobody ends, and another waits for what it has locked. */
    public void forgetTransaction() throws SQLException, InterruptedException {
        forgotten.begin();
    }

    /** What became of both; whoever has forgotten the transaction ends it now. */
    public Runaways.Work runaways() {
        var waited = forgotten.waited();
        return new Runaways.Work(runaway.begun(), runaway.cut(), waited, forgotten.goOn());
    }

    public long served() {
        return borrowers.served();
    }

    /** What the latest borrower was told whom Penstock refused, empty if there was none. */
    public Optional<String> told() {
        return borrowers.told();
    }

    /** Where the thread that opens this pool's connections is stuck in the driver, empty if it is not. */
    public Optional<String> adderStuckIn() {
        return Adder.stuckIn(name());
    }

    /** Ends the borrowing and counts. */
    public Tally stop(Phases phases) {
        borrowers.close();
        return new Tally(borrowers.borrows(), phases);
    }

    @Override
    public void close() {
        borrowers.close();
        leaky.close();
        runaway.close();
        forgotten.close();
        pool.close();
    }
}
