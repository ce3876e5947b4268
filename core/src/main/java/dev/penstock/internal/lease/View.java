package dev.penstock.internal.lease;

import dev.penstock.BorrowTerms;
import dev.penstock.InvalidSettingException;
import dev.penstock.PenstockConfig;
import dev.penstock.PenstockView;
import dev.penstock.SessionTimeouts;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A pool on terms of somebody's own. Thread-safe. */
public final class View implements PenstockView {
    private final DataSource pool;
    private final BorrowTerms terms;
    private final PenstockConfig config;
    private final Borrowing borrowing;

    /** Lends on such terms. */
    @FunctionalInterface
    public interface Borrowing {
        /** A connection on these terms. */
        Connection borrow(BorrowTerms terms) throws SQLException;
    }

    /**
     * A view of this pool.
     *
     * @param config of the pool, as it is in force
     * @throws InvalidSettingException if the limits of the two are not in order together, or nobody would look after
     *     those of the view
     */
    public View(DataSource pool, BorrowTerms terms, PenstockConfig config, Borrowing borrowing) {
        SessionTimeouts poolsOwn = config.session().timeouts();
        SessionTimeouts unused = terms.timeouts().over(poolsOwn);
        boolean watched = config.leases().detection() || !poolsOwn.isEmpty();
        if (config.enabled() && !watched && !terms.timeouts().isEmpty()) {
            throw new InvalidSettingException(
                    "penstock.leases.detection",
                    "must be true for limits of a view, unless the pool has limits of its own (penstock.session.*)",
                    false);
        }
        this.pool = pool;
        this.terms = terms;
        this.config = config;
        this.borrowing = borrowing;
    }

    @Override
    public PenstockView expectingHold(Duration hold) {
        return new View(pool, terms.expectingHold(hold), config, borrowing);
    }

    @Override
    public PenstockView withTimeouts(SessionTimeouts limits) {
        return new View(pool, terms.withTimeouts(limits), config, borrowing);
    }

    @Override
    public Connection getConnection() throws SQLException {
        return borrowing.borrow(terms);
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
        return pool + ", " + terms;
    }
}
