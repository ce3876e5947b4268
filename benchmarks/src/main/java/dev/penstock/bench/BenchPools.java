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

/** Starts each {@link Side}, with as many connections at most. */
final class BenchPools {
    /** When a pool that detects leaks is to report one: Penstock's default. */
    private static final Duration HELD_TOO_LONG = Duration.ofSeconds(30);

    private BenchPools() {}

    static OpenPool hikari(Target target, int size) {
        return closeable(new HikariDataSource(config(target, size)));
    }

    static OpenPool hikariDetectingLeaks(Target target, int size) {
        HikariConfig config = config(target, size);
        config.setLeakDetectionThreshold(HELD_TOO_LONG.toMillis());
        return closeable(new HikariDataSource(config));
    }

    static OpenPool penstock(Target target, int size) {
        return closeable(new PenstockHikariDataSource(config(target, size)));
    }

    static OpenPool penstockWithEverythingOn(Target target, int size) {
        return closeable(EverythingOn.open(config(target, size)));
    }

    static OpenPool penstockWithoutDetection(Target target, int size) {
        PenstockConfig config = PenstockConfig.builder()
                .leases(leases -> leases.detection(false))
                .build();
        return closeable(new PenstockHikariDataSource(config(target, size), config));
    }

    static OpenPool agroal(Target target, int size) throws SQLException {
        return agroal(PlainPools.agroal(target), size);
    }

    static OpenPool agroalDetectingLeaks(Target target, int size) throws SQLException {
        return agroal(PlainPools.agroal(target).leakTimeout(HELD_TOO_LONG), size);
    }

    static OpenPool agroalWithStacks(Target target, int size) throws SQLException {
        return agroal(PlainPools.agroal(target).leakTimeout(HELD_TOO_LONG).enhancedLeakReport(), size);
    }

    static OpenPool dbcp2(Target target, int size) {
        BasicDataSource pool = PlainPools.dbcp2(target);
        pool.setMaxTotal(size);
        pool.setMaxIdle(size); // it would close those above 8
        pool.setTestOnBorrow(false);
        return new OpenPool(pool, pool::close);
    }

    static OpenPool tomcat(Target target, int size) {
        return tomcat(PlainPools.tomcat(target), size);
    }

    static OpenPool tomcatDetectingLeaks(Target target, int size) {
        PoolProperties config = PlainPools.tomcat(target);
        config.setRemoveAbandoned(true);
        config.setRemoveAbandonedTimeout((int) HELD_TOO_LONG.toSeconds());
        config.setLogAbandoned(true);
        return tomcat(config, size);
    }

    static OpenPool vibur(Target target, int size) {
        ViburDBCPDataSource pool = PlainPools.vibur(target);
        pool.setPoolInitialSize(size);
        pool.setPoolMaxSize(size);
        pool.start();
        return new OpenPool(pool, pool::close);
    }

    static OpenPool c3p0(Target target, int size) {
        ComboPooledDataSource pool = PlainPools.c3p0(target);
        pool.setInitialPoolSize(size);
        pool.setMinPoolSize(size);
        pool.setMaxPoolSize(size);
        return new OpenPool(pool, pool::close);
    }

    static OpenPool awsWrapper(Target target, int size) {
        HikariConfig config = PlainPools.awsWrapper(target);
        config.setMaximumPoolSize(size);
        return closeable(new HikariDataSource(config));
    }

    static OpenPool datasourceProxy(Target target, int size) {
        HikariDataSource pool = new HikariDataSource(config(target, size));
        return new OpenPool(ProxyDataSourceBuilder.create(pool).build(), pool::close);
    }

    private static HikariConfig config(Target target, int size) {
        HikariConfig config = PlainPools.hikari(target);
        config.setMaximumPoolSize(size);
        return config;
    }

    private static OpenPool closeable(HikariDataSource pool) {
        return new OpenPool(pool, pool::close);
    }

    private static OpenPool agroal(AgroalConnectionPoolConfigurationSupplier config, int size) throws SQLException {
        AgroalDataSource pool = AgroalDataSource.from(
                new AgroalDataSourceConfigurationSupplier().connectionPoolConfiguration(config.maxSize(size)));
        return new OpenPool(pool, pool::close);
    }

    private static OpenPool tomcat(PoolProperties config, int size) {
        config.setInitialSize(size);
        config.setMinIdle(size);
        config.setMaxIdle(size);
        config.setMaxActive(size);
        org.apache.tomcat.jdbc.pool.DataSource pool = new org.apache.tomcat.jdbc.pool.DataSource(config);
        return new OpenPool(pool, pool::close);
    }
}
