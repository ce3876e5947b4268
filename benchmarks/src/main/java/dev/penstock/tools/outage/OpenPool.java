package dev.penstock.tools.outage;

import javax.sql.DataSource;

/**
 * A pool that was started.
 *
 * @param closing the pool's own way to be closed; may hang
 */
record OpenPool(DataSource dataSource, Closing closing) {
    /** Closes a pool. */
    @FunctionalInterface
    interface Closing {
        void close() throws Exception;
    }
}
