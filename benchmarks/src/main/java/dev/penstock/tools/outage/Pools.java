package dev.penstock.tools.outage;

import com.mchange.v2.c3p0.ComboPooledDataSource;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.penstock.BreakerMode;
import dev.penstock.PenstockConfig;
import dev.penstock.hikari.PenstockHikariDataSource;
import dev.penstock.tools.pools.OpenPool;
import dev.penstock.tools.pools.PlainPools;
import dev.penstock.tools.pools.Target;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.AgroalConnectionPoolConfiguration.ConnectionValidator;
import io.agroal.api.configuration.supplier.AgroalConnectionPoolConfigurationSupplier;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.exceptionsorter.PostgreSQLExceptionSorter;
import java.sql.SQLException;
import org.apache.commons.dbcp2.BasicDataSource;
import org.apache.tomcat.jdbc.pool.PoolProperties;
import org.vibur.dbcp.ViburDBCPDataSource;

/**
 * Starts each pool in one of two ways: as the others ({@link Limits}: sizes, the caller's limit, a look at each
 * connection before it is lent), or with nothing but an address and credentials. No driver timeout is set in either.
 */
final class Pools {
    /** HikariCP looks at what was idle for longer; what another pool can be told, it is told likewise. */
    private static final int UNCHECKED_MILLIS = 500;

    private Pools() {}

    /** Starts it. */
    static OpenPool open(PoolKind kind, Target target, boolean defaults) throws Exception {
        return switch (kind) {
            case HIKARI -> closeable(new HikariDataSource(hikari(target, defaults)));
            case PENSTOCK -> closeable(new PenstockHikariDataSource(hikari(target, defaults), penstock(defaults)));
            case AGROAL -> agroal(target, defaults);
            case DBCP2 -> dbcp2(target, defaults);
            case TOMCAT -> tomcat(target, defaults);
            case C3P0 -> c3p0(target, defaults);
            case VIBUR -> vibur(target, defaults);
        };
    }

    private static OpenPool closeable(HikariDataSource pool) {
        return new OpenPool(pool, pool::close);
    }

    private static HikariConfig hikari(Target target, boolean defaults) {
        HikariConfig config = PlainPools.hikari(target);
        if (!defaults) {
            config.setMaximumPoolSize(Limits.SIZE);
            config.setConnectionTimeout(Limits.CALLER.toMillis());
            config.setValidationTimeout(Limits.VALIDATION.toMillis());
        }
        return config;
    }

    /** With the breaker on, whatever its default is at present: it is what is measured here. */
    private static PenstockConfig penstock(boolean defaults) {
        PenstockConfig.Builder config = PenstockConfig.builder().breaker(b -> b.mode(BreakerMode.ON));
        return defaults
                ? config.build()
                : config.connect(c -> c.deadline(Limits.CONNECT)).build();
    }

    private static OpenPool agroal(Target target, boolean defaults) throws SQLException {
        AgroalConnectionPoolConfigurationSupplier config = PlainPools.agroal(target);
        if (!defaults) {
            config.initialSize(Limits.SIZE)
                    .minSize(Limits.SIZE)
                    .maxSize(Limits.SIZE)
                    .acquisitionTimeout(Limits.CALLER)
                    .validateOnBorrow(true)
                    .connectionValidator(
                            ConnectionValidator.defaultValidatorWithTimeout((int) Limits.VALIDATION.toSeconds()))
                    .exceptionSorter(new PostgreSQLExceptionSorter());
        }
        AgroalDataSource pool =
                AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier().connectionPoolConfiguration(config));
        return new OpenPool(pool, pool::close);
    }

    private static OpenPool dbcp2(Target target, boolean defaults) {
        BasicDataSource pool = PlainPools.dbcp2(target); // tests on borrow by default
        if (!defaults) {
            pool.setInitialSize(Limits.SIZE);
            pool.setMinIdle(Limits.SIZE);
            pool.setMaxIdle(Limits.SIZE);
            pool.setMaxTotal(Limits.SIZE);
            pool.setMaxWait(Limits.CALLER);
            pool.setValidationQueryTimeout(Limits.VALIDATION);
        }
        return new OpenPool(pool, pool::close);
    }

    private static OpenPool tomcat(Target target, boolean defaults) {
        PoolProperties config = PlainPools.tomcat(target);
        if (!defaults) {
            config.setInitialSize(Limits.SIZE);
            config.setMinIdle(Limits.SIZE);
            config.setMaxIdle(Limits.SIZE);
            config.setMaxActive(Limits.SIZE);
            config.setMaxWait((int) Limits.CALLER.toMillis());
            config.setTestOnBorrow(true);
            config.setValidationInterval(UNCHECKED_MILLIS);
            config.setValidationQueryTimeout((int) Limits.VALIDATION.toSeconds());
        }
        org.apache.tomcat.jdbc.pool.DataSource pool = new org.apache.tomcat.jdbc.pool.DataSource(config);
        return new OpenPool(pool, pool::close);
    }

    private static OpenPool c3p0(Target target, boolean defaults) {
        ComboPooledDataSource pool = PlainPools.c3p0(target);
        if (!defaults) {
            pool.setInitialPoolSize(Limits.SIZE);
            pool.setMinPoolSize(Limits.SIZE);
            pool.setMaxPoolSize(Limits.SIZE);
            pool.setCheckoutTimeout((int) Limits.CALLER.toMillis());
            pool.setTestConnectionOnCheckout(true);
            pool.setConnectionIsValidTimeout((int) Limits.VALIDATION.toSeconds());
        }
        return new OpenPool(pool, pool::close);
    }

    private static OpenPool vibur(Target target, boolean defaults) {
        ViburDBCPDataSource pool = PlainPools.vibur(target);
        if (!defaults) {
            pool.setPoolInitialSize(Limits.SIZE);
            pool.setPoolMaxSize(Limits.SIZE);
            pool.setConnectionTimeoutInMs(Limits.CALLER.toMillis());
            pool.setConnectionIdleLimitInSeconds(0); // tests on borrow
            pool.setValidateTimeoutInSeconds((int) Limits.VALIDATION.toSeconds());
        }
        pool.start();
        return new OpenPool(pool, pool::close);
    }
}
