package io.agroal.api;

import javax.sql.DataSource;

/** As much of Agroal's own as tells its URL: it is recognised by its name. */
public interface AgroalDataSource extends DataSource {
    Configuration getConfiguration();

    /** Of the data source. */
    @FunctionalInterface
    interface Configuration {
        PoolConfiguration connectionPoolConfiguration();
    }

    /** Of the pool. */
    @FunctionalInterface
    interface PoolConfiguration {
        FactoryConfiguration connectionFactoryConfiguration();
    }

    /** Of the connections. */
    @FunctionalInterface
    interface FactoryConfiguration {
        String jdbcUrl();
    }
}
