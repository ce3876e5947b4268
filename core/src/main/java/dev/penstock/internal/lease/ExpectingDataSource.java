package dev.penstock.internal.lease;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A pool as those see it who have announced how long they will hold its connections. Thread-safe. */
public final class ExpectingDataSource implements DataSource {
    private final DataSource pool;
    private final Duration hold;
    private final Borrowing borrowing;

    /** Lends on such terms. */
    @FunctionalInterface
    public interface Borrowing {
        /** A connection for a borrower who will hold it for so long. */
        Connection borrow(Duration hold) throws SQLException;
    }

    /**
     * A view of this pool.
     *
     * @param hold more than zero
     */
    public ExpectingDataSource(DataSource pool, Duration hold, Borrowing borrowing) {
        if (hold.isZero() || hold.isNegative()) {
            throw new IllegalArgumentException("an expected hold must be greater than zero, but was " + hold);
        }
        this.pool = pool;
        this.hold = hold;
        this.borrowing = borrowing;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return borrowing.borrow(hold);
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("borrow without user and password from " + this, "0A000");
    }

    @Override
    public @Nullable PrintWriter getLogWriter() throws SQLException {
        return pool.getLogWriter();
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) throws SQLException {
        pool.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        pool.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return pool.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        return pool.getParentLogger();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return type.isInstance(this) ? type.cast(this) : pool.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return type.isInstance(this) || pool.isWrapperFor(type);
    }

    @Override
    public String toString() {
        return pool + ", held for up to " + hold.toSeconds() + " s";
    }
}
