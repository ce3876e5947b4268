package dev.penstock.bench;

import com.zaxxer.hikari.HikariConfig;
import dev.penstock.LimitsInForce;
import dev.penstock.PenstockConfig;
import dev.penstock.PenstockControl;
import dev.penstock.SessionLimit;
import dev.penstock.hikari.PenstockHikariDataSource;
import dev.penstock.metrics.PenstockMetrics;
import dev.penstock.tools.pools.EveryLimit;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.util.Collection;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.sql.DataSource;

/**
 * Penstock with all that costs something in use: leases, gate and breaker, which are on by default, every limit of a
 * session, JMX, and metrics in a registry of Micrometer's. Stateless.
 */
final class EverythingOn {
    private EverythingOn() {}

    /** The registry, of which nobody else knows, goes with the pool. */
    static PenstockHikariDataSource open(HikariConfig hikari) {
        hikari.setRegisterMbeans(true);
        PenstockConfig config = PenstockConfig.builder()
                .session(EveryLimit::set)
                .jmx(jmx -> jmx.enabled(true))
                .build();
        PenstockHikariDataSource pool = new PenstockHikariDataSource(hikari, config);
        new PenstockMetrics(pool.control()).bindTo(new SimpleMeterRegistry());
        return pool;
    }

    /** What is measured must be what it is called. */
    static void check(DataSource pool) throws SQLException {
        PenstockControl control = pool.unwrap(PenstockControl.class);
        Collection<LimitsInForce> limits = control.limitsInForce();
        if (limits.isEmpty() || !limits.stream().allMatch(LimitsInForce::complete)) {
            throw new IllegalStateException(
                    "all " + SessionLimit.values().length + " limits must be in force, but were " + limits);
        }
        if (!isManaged(control.name())) {
            throw new IllegalStateException("the pool must be seen by JMX, but " + control.name() + " is not");
        }
    }

    private static boolean isManaged(String name) {
        try {
            return ManagementFactory.getPlatformMBeanServer()
                    .queryNames(new ObjectName("dev.penstock:*"), null)
                    .stream()
                    .anyMatch(bean -> bean.toString().contains(name));
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
    }
}
