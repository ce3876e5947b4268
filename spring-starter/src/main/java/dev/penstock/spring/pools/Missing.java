package dev.penstock.spring.pools;

import com.zaxxer.hikari.HikariDataSource;
import dev.penstock.EffectiveSetting;
import dev.penstock.PenstockConfig;
import java.util.List;
import javax.sql.DataSource;

/** What a pool has not, because Penstock is above it only; and how to get it. */
final class Missing {
    private static final List<String> BELOW = List.of(
            "penstock.connect.", "penstock.breaker.", "penstock.gate.", "penstock.session.", "penstock.budget.");

    private Missing() {}

    /** Settings that are made and not in force. */
    static List<String> inVain(PenstockConfig config) {
        return config.settings().stream()
                .filter(EffectiveSetting::differsFromDefault)
                .map(EffectiveSetting::key)
                .filter(key -> BELOW.stream().anyMatch(key::startsWith))
                .toList();
    }

    /** For people. */
    static String describe(DataSource pool) {
        return whatItIs(pool) + ": its leases are watched (by age, and for what became of the borrower) and it can be"
                + " suspended; but its connections are made without Penstock: there is no connect deadline, no race of"
                + " addresses, no breaker, no limit of sessions, no budget. " + whatToDo(pool);
    }

    private static String whatItIs(DataSource pool) {
        if (!isHikari(pool)) {
            return "it is another pool than HikariCP (" + pool.getClass().getName() + ")";
        }
        return pool.getClass() == HikariDataSource.class
                ? "it is running already, or was made by a FactoryBean"
                : "it is a class of your own (" + pool.getClass().getName() + ")";
    }

    private static String whatToDo(DataSource pool) {
        if (!isHikari(pool)) {
            return "For all of it use HikariCP, or give the pool a PenstockConnector as its source";
        }
        return pool.getClass() == HikariDataSource.class
                ? "For all of it declare a bean that has not started: by spring.datasource.*, a DataSourceBuilder, or new"
                        + " HikariDataSource() and setters, without new HikariDataSource(config)"
                : "For all of it extend PenstockHikariDataSource, or declare a plain HikariDataSource";
    }

    private static boolean isHikari(DataSource pool) {
        return KnownPool.of(pool).orElse(null) == KnownPool.HIKARI;
    }
}
