package dev.penstock.bench;

import com.mchange.v2.c3p0.ComboPooledDataSource;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.penstock.PenstockConfig;
import dev.penstock.PenstockControl;
import dev.penstock.hikari.PenstockHikariDataSource;
import dev.penstock.tools.pools.OpenPool;
import dev.penstock.tools.pools.PlainPools;
import dev.penstock.tools.pools.Target;
import dev.penstock.tools.pools.Versions;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalConnectionPoolConfigurationSupplier;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;
import org.apache.commons.dbcp2.BasicDataSource;
import org.apache.tomcat.jdbc.pool.PoolProperties;
import org.vibur.dbcp.ViburDBCPDataSource;

/**
 * What {@link BorrowBenchmark} borrows from: a pool of one connection that does not ask the server whether it is alive,
 * everything else at its default but for what the name says.
 */
public enum Side {
    HIKARI("HikariCP", "hikari", "") {
        @Override
        OpenPool open(Target target) {
            return closeable(new HikariDataSource(hikari(target)));
        }
    },
    HIKARI_LEAK("HikariCP", "hikari", ", leakDetectionThreshold") {
        @Override
        OpenPool open(Target target) {
            HikariConfig config = hikari(target);
            config.setLeakDetectionThreshold(HELD_TOO_LONG.toMillis());
            return closeable(new HikariDataSource(config));
        }
    },
    GATE("Penstock", "penstock", ", leases.detection=false") {
        @Override
        OpenPool open(Target target) {
            PenstockConfig config = PenstockConfig.builder()
                    .leases(leases -> leases.detection(false))
                    .build();
            return closeable(new PenstockHikariDataSource(hikari(target), config));
        }
    },
    PENSTOCK("Penstock", "penstock", "") {
        @Override
        OpenPool open(Target target) {
            return closeable(new PenstockHikariDataSource(hikari(target)));
        }

        @Override
        void checkWatched(DataSource pool) throws SQLException {
            checkLeases(pool);
        }
    },
    PENSTOCK_ALL("Penstock", "penstock", ", everything on") {
        @Override
        OpenPool open(Target target) {
            return EverythingOn.open(hikari(target));
        }

        @Override
        void checkWatched(DataSource pool) throws SQLException {
            checkLeases(pool);
            EverythingOn.check(pool);
        }
    },
    AGROAL("Agroal", "agroal", "") {
        @Override
        OpenPool open(Target target) throws SQLException {
            return agroal(PlainPools.agroal(target));
        }
    },
    AGROAL_LEAK("Agroal", "agroal", ", leakTimeout") {
        @Override
        OpenPool open(Target target) throws SQLException {
            return agroal(PlainPools.agroal(target).leakTimeout(HELD_TOO_LONG));
        }
    },
    AGROAL_LEAK_STACK("Agroal", "agroal", ", leakTimeout, enhancedLeakReport") {
        @Override
        OpenPool open(Target target) throws SQLException {
            return agroal(PlainPools.agroal(target).leakTimeout(HELD_TOO_LONG).enhancedLeakReport());
        }
    },
    DBCP2("DBCP2", "dbcp2", "") {
        @Override
        OpenPool open(Target target) {
            BasicDataSource pool = PlainPools.dbcp2(target);
            pool.setMaxTotal(1);
            pool.setTestOnBorrow(false);
            return new OpenPool(pool, pool::close);
        }
    },
    TOMCAT("Tomcat JDBC", "tomcat", "") {
        @Override
        OpenPool open(Target target) {
            return tomcat(PlainPools.tomcat(target));
        }
    },
    TOMCAT_LEAK("Tomcat JDBC", "tomcat", ", removeAbandoned, logAbandoned") {
        @Override
        OpenPool open(Target target) {
            PoolProperties config = PlainPools.tomcat(target);
            config.setRemoveAbandoned(true);
            config.setRemoveAbandonedTimeout((int) HELD_TOO_LONG.toSeconds());
            config.setLogAbandoned(true);
            return tomcat(config);
        }
    },
    VIBUR("Vibur", "vibur", "") {
        @Override
        OpenPool open(Target target) {
            ViburDBCPDataSource pool = PlainPools.vibur(target);
            pool.setPoolInitialSize(1);
            pool.setPoolMaxSize(1);
            pool.start();
            return new OpenPool(pool, pool::close);
        }
    },
    C3P0("c3p0", "c3p0", "") {
        @Override
        OpenPool open(Target target) {
            ComboPooledDataSource pool = PlainPools.c3p0(target);
            pool.setInitialPoolSize(1);
            pool.setMinPoolSize(1);
            pool.setMaxPoolSize(1);
            return new OpenPool(pool, pool::close);
        }
    },
    DATASOURCE_PROXY("datasource-proxy over HikariCP", "datasource-proxy", "") {
        @Override
        OpenPool open(Target target) {
            HikariDataSource pool = new HikariDataSource(hikari(target));
            return new OpenPool(ProxyDataSourceBuilder.create(pool).build(), pool::close);
        }
    };

    /** When a pool that detects leaks is to report one: Penstock's default. */
    private static final Duration HELD_TOO_LONG = Duration.ofSeconds(30);

    private final String pool;
    private final String versionKey;
    private final String how;

    Side(String pool, String versionKey, String how) {
        this.pool = pool;
        this.versionKey = versionKey;
        this.how = how;
    }

    /** The pool, or what is above it, and what is set. */
    public String title() {
        return pool + how;
    }

    /** The same with the version that is measured. */
    public String versionedTitle() {
        return pool + " " + Versions.of(versionKey) + how;
    }

    /** All that nothing is promised about: what both {@link #HIKARI} and {@link #PENSTOCK} are shown beside. */
    public static List<Side> peers() {
        return Stream.of(values())
                .filter(side -> side != HIKARI && side != PENSTOCK)
                .toList();
    }

    /** Where the figure is to be one of leases that are watched: whether they are. */
    void checkWatched(DataSource pool) throws SQLException {}

    /** Starts it. */
    abstract OpenPool open(Target target) throws SQLException;

    private static void checkLeases(DataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            int open = pool.unwrap(PenstockControl.class).openLeases().size();
            if (open != 1 || !isSweeping()) {
                throw new IllegalStateException("leases must be watched, but " + open + " are open of " + connection
                        + ", sweeper: " + isSweeping());
            }
        }
    }

    private static boolean isSweeping() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().startsWith("penstock-sweeper"));
    }

    private static HikariConfig hikari(Target target) {
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
