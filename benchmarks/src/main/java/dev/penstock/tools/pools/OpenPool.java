package dev.penstock.tools.pools;

import javax.sql.DataSource;

/**
 * A pool that was started.
 *
 * @param closing the pool's own way to be closed; may hang
 */
public record OpenPool(DataSource dataSource, Closing closing) {
    /** Closes a pool. */
    @FunctionalInterface
    public interface Closing {
        void close() throws Exception;
    }
}
