package dev.penstock.internal.lease;

import dev.penstock.TransactionLimit;
import dev.penstock.internal.session.Session;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A connection on loan: what the application holds. Everything is handed on to the connection that the pool lent,
 * also after {@link #close}, so that what a closed connection says is what the pool has it say. Statements are the
 * pool's own.
 *
 * <p>Once it has been taken back ({@code leases.reclaim}) every call throws 08003 and says when and why, but for those
 * that JDBC allows on a closed connection. {@link #close} may be called by any thread, any number of times.
 */
class LeasedConnection extends ForwardingConnection implements TransactionLimit {
    private static final VarHandle INNER = inner();

    private static final int MOST_LOOKS_FOR_MIGRATIONS = 4;

    private final Slot slot;
    private final long number;
    private final Thread borrower;
    private final Terms terms;
    private final @Nullable BorrowStack stack;

    /**
     * Null once it was taken back; {@link #fence} is written before. Not volatile: writing that would cost each borrow
     * a fence of the processor's; the final fields beside it have it published with them.
     */
    @SuppressWarnings("UnusedVariable") // read through INNER
    private @Nullable Connection inner;

    private volatile @Nullable Fence fence;

    /** To look who asks costs a walk over his stack: a few times per lease. Races do no harm. */
    private int looksForMigrations;

    /** For the calling thread. */
    LeasedConnection(Connection inner, Slot slot, Terms terms, @Nullable BorrowStack stack) {
        this.inner = inner;
        this.slot = slot;
        this.number = slot.next();
        this.borrower = Thread.currentThread();
        this.terms = terms;
        this.stack = stack;
    }

    final Slot slot() {
        return slot;
    }

    /** Of the lease within its slot. */
    final long number() {
        return number;
    }

    final Thread borrower() {
        return borrower;
    }

    final Terms terms() {
        return terms;
    }

    /** Null if it was not captured. */
    final @Nullable BorrowStack stack() {
        return stack;
    }

    /** What the pool lent; null once it was taken back. */
    final @Nullable Connection lent() {
        return current();
    }

    /** Null unless it notes what is prepared. */
    @Nullable LastSql lastSql() {
        return null;
    }

    /** Nothing gets through from now on. */
    final void fence(Fence why) {
        fence = why;
        INNER.setVolatile(this, null);
    }

    @Override
    final Connection delegate() throws SQLException {
        Connection connection = current();
        if (connection == null) {
            throw fenced();
        }
        return connection;
    }

    @Override
    final Connection forStatement() throws SQLException {
        Connection connection = delegate();
        slot.desk.statementIsMade(this);
        return connection;
    }

    private @Nullable Connection current() {
        return (Connection) INNER.getAcquire(this);
    }

    private static VarHandle inner() {
        try {
            return MethodHandles.lookup().findVarHandle(LeasedConnection.class, "inner", Connection.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private SQLException fenced() {
        Fence why = fence;
        return why == null ? new SQLException("the connection was taken back", "08003") : why.exception();
    }

    @Override
    public void close() throws SQLException {
        Connection connection = current();
        Session session = slot.session(); // before: a spare slot may be another's from then on
        // first: from the moment that the pool has it, somebody else may have it
        if (slot.giveBack(this) && connection != null) {
            if (slot.desk.isUsual(slot, session)) {
                slot.desk.giveBack(connection, session, slot);
            } else {
                slot.desk.settleAndGiveBack(this, connection, session);
            }
        }
    }

    @Override
    public DatabaseMetaData getMetaData() throws SQLException {
        if (looksForMigrations < MOST_LOOKS_FOR_MIGRATIONS) {
            looksForMigrations++;
            slot.desk.metaDataIsAskedFor(this);
        }
        return super.getMetaData();
    }

    @Override
    public final boolean limitTransaction(Duration limit) {
        if (limit.isZero() || limit.isNegative()) {
            throw new IllegalArgumentException(
                    "the limit of a transaction must be greater than zero, but was " + limit);
        }
        return slot.desk.limitTransaction(this, limit);
    }

    @Override
    public final void endTransactionLimit() {
        LeaseLimits.endTransactionLimit(this);
    }

    @Override
    public boolean isClosed() throws SQLException {
        Connection connection = current();
        return connection == null || connection.isClosed();
    }

    @Override
    public boolean isValid(int seconds) throws SQLException {
        Connection connection = current();
        return connection != null && connection.isValid(seconds);
    }

    @Override
    public void abort(Executor executor) throws SQLException {
        Connection connection = current();
        if (connection != null) {
            connection.abort(executor);
        }
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (isOurs(type)) {
            return type.cast(this);
        }
        Connection connection = delegate();
        return isPools(type, connection) ? type.cast(connection) : connection.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        if (isOurs(type)) {
            return true;
        }
        Connection connection = delegate();
        return isPools(type, connection) || connection.isWrapperFor(type);
    }

    private boolean isOurs(Class<?> type) {
        return type.isInstance(this) && !isAnyConnections(type);
    }

    private static boolean isPools(Class<?> type, Connection pools) {
        return type.isInstance(pools) && !isAnyConnections(type);
    }

    /** Asked for these the pool's own answers as it does without us: HikariCP's with the driver's connection. */
    private static boolean isAnyConnections(Class<?> type) {
        return type.isAssignableFrom(Connection.class);
    }

    @Override
    public String toString() {
        Connection connection = current();
        return connection == null ? "a connection that was taken back" : "leased " + connection;
    }
}
