package dev.penstock.spring.pools;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.penstock.lab.postgres.PostgresServer;
import org.apache.commons.dbcp2.BasicDataSource;
import org.apache.tomcat.jdbc.pool.PoolProperties;

/** Pools as applications make them, of two connections; their backends have a name of their own. */
final class Pools {
    static final String NAME = "pool-under-test";

    private Pools() {}

    static String url(PostgresServer postgres) {
        return postgres.jdbcUrl() + (postgres.jdbcUrl().contains("?") ? "&" : "?") + "ApplicationName=" + NAME;
    }

    /** Not started. */
    static HikariDataSource hikari(PostgresServer postgres) {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(url(postgres));
        pool.setUsername(postgres.user());
        pool.setPassword(postgres.password());
        pool.setMaximumPoolSize(2);
        pool.setPoolName(NAME);
        return pool;
    }

    static HikariDataSource runningHikari(PostgresServer postgres) {
        return new HikariDataSource(configOf(hikari(postgres)));
    }

    private static HikariConfig configOf(HikariDataSource unstarted) {
        HikariConfig config = new HikariConfig();
        unstarted.copyStateTo(config);
        return config;
    }

    /** A class of the user's own. */
    static class Own extends HikariDataSource {
        private final String purpose;

        Own(PostgresServer postgres, String purpose) {
            super(configOf(hikari(postgres)));
            this.purpose = purpose;
        }

        String purpose() {
            return purpose;
        }
    }

    /** Likewise, and it starts with its first borrow. */
    static class Late extends HikariDataSource {}

    static Late late(PostgresServer postgres) {
        Late pool = new Late();
        hikari(postgres).copyStateTo(pool);
        return pool;
    }

    static org.apache.tomcat.jdbc.pool.DataSource tomcat(PostgresServer postgres) {
        PoolProperties properties = new PoolProperties();
        properties.setUrl(url(postgres));
        properties.setDriverClassName("org.postgresql.Driver");
        properties.setUsername(postgres.user());
        properties.setPassword(postgres.password());
        properties.setInitialSize(1);
        properties.setMaxActive(2);
        return new org.apache.tomcat.jdbc.pool.DataSource(properties);
    }

    static BasicDataSource dbcp2(PostgresServer postgres) {
        BasicDataSource pool = new BasicDataSource();
        pool.setUrl(url(postgres));
        pool.setUsername(postgres.user());
        pool.setPassword(postgres.password());
        pool.setMaxTotal(2);
        return pool;
    }
}
