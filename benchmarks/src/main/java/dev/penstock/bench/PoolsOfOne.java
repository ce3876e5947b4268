package dev.penstock.bench;

import com.mchange.v2.c3p0.ComboPooledDataSource;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.penstock.PenstockConfig;
import dev.penstock.hikari.PenstockHikariDataSource;
import dev.penstock.tools.pools.OpenPool;
import dev.penstock.tools.pools.PlainPools;
import dev.penstock.tools.pools.Target;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalConnectionPoolConfigurationSupplier;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import java.sql.SQLException;
import java.time.Duration;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;
import org.apache.commons.dbcp2.BasicDataSource;
import org.apache.tomcat.jdbc.pool.PoolProperties;
import org.vibur.dbcp.ViburDBCPDataSource;

/** Starts each {@link Side}. */
final class PoolsOfOne {
    /** When a pool that detects leaks is to report one: Penstock's default. */
    private static final Duration HELD_TOO_LONG = Duration.ofSeconds(30);

    private PoolsOfOne() {}

    static OpenPool hikari(Target target) {
        return closeable(new HikariDataSource(config(target)));
    }

    static OpenPool hikariDetectingLeaks(Target target) {
        HikariConfig config = config(target);
        config.setLeakDetectionThreshold(HELD_TOO_LONG.toMillis());
        return closeable(new HikariDataSource(config));
    }

    static OpenPool penstock(Target target) {
        return closeable(new PenstockHikariDataSource(config(target)));
    }

    static OpenPool penstockWithEverythingOn(Target target) {
        return EverythingOn.open(config(target));
    }

    static OpenPool penstockWithoutDetection(Target target) {
        PenstockConfig config = PenstockConfig.builder()
                .leases(leases -> leases.detection(false))
                .build();
        return closeable(new PenstockHikariDataSource(config(target), config));
    }

    static OpenPool agroal(Target target) throws SQLException {
        return agroal(PlainPools.agroal(target));
    }

    static OpenPool agroalDetectingLeaks(Target target) throws SQLException {
        return agroal(PlainPools.agroal(target).leakTimeout(HELD_TOO_LONG));
    }

    static OpenPool agroalWithStacks(Target target) throws SQLException {
        return agroal(PlainPools.agroal(target).leakTimeout(HELD_TOO_LONG).enhancedLeakReport());
    }

    static OpenPool dbcp2(Target target) {
        BasicDataSource pool = PlainPools.dbcp2(target);
        pool.setMaxTotal(1);
        pool.setTestOnBorrow(false);
        return new OpenPool(pool, pool::close);
    }

    static OpenPool tomcat(Target target) {
        return tomcat(PlainPools.tomcat(target));
    }

    static OpenPool tomcatDetectingLeaks(Target target) {
        PoolProperties config = PlainPools.tomcat(target);
        config.setRemoveAbandoned(true);
        config.setRemoveAbandonedTimeout((int) HELD_TOO_LONG.toSeconds());
        config.setLogAbandoned(true);
        return tomcat(config);
    }

    static OpenPool vibur(Target target) {
        ViburDBCPDataSource pool = PlainPools.vibur(target);
        pool.setPoolInitialSize(1);
        pool.setPoolMaxSize(1);
        pool.start();
        return new OpenPool(pool, pool::close);
    }

    static OpenPool c3p0(Target target) {
        ComboPooledDataSource pool = PlainPools.c3p0(target);
        pool.setInitialPoolSize(1);
        pool.setMinPoolSize(1);
        pool.setMaxPoolSize(1);
        return new OpenPool(pool, pool::close);
    }

    static OpenPool awsWrapper(Target target) {
        HikariConfig config = PlainPools.awsWrapper(target);
        config.setMaximumPoolSize(1);
        return closeable(new HikariDataSource(config));
    }

    static OpenPool datasourceProxy(Target target) {
        HikariDataSource pool = new HikariDataSource(config(target));
        return new OpenPool(ProxyDataSourceBuilder.create(pool).build(), pool::close);
    }

    private static HikariConfig config(Target target) {
        HikariConfig config = PlainPools.hikari(target);
        config.setMaximumPoolSize(1);
        return config;
    }

    private static OpenPool closeable(HikariDataSource pool) {
        return new OpenPool(pool, pool::close);
    }

    private static OpenPool agroal(AgroalConnectionPoolConfigurationSupplier config) throws SQLException {
        AgroalDataSource pool = AgroalDataSource.from(
                new AgroalDataSourceConfigurationSupplier().connectionPoolConfiguration(config.maxSize(1)));
        return new OpenPool(pool, pool::close);
    }

    private static OpenPool tomcat(PoolProperties config) {
        config.setInitialSize(1);
        config.setMinIdle(1);
        config.setMaxIdle(1);
        config.setMaxActive(1);
        org.apache.tomcat.jdbc.pool.DataSource pool = new org.apache.tomcat.jdbc.pool.DataSource(config);
        return new OpenPool(pool, pool::close);
    }
}
