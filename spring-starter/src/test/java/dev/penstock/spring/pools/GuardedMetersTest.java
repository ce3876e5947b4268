package dev.penstock.spring.pools;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.penstock.lab.junit.NoLeftovers;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.spring.PenstockAutoConfiguration;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.apache.commons.dbcp2.BasicDataSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.metrics.DataSourcePoolMetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** The meters of pools are what they are without the starter, and tell the same. */
@WithPostgres
@NoLeftovers
class GuardedMetersTest {
    private final PostgresServer postgres;

    private final ApplicationContextRunner without = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    DataSourceAutoConfiguration.class,
                    MetricsAutoConfiguration.class,
                    DataSourcePoolMetricsAutoConfiguration.class))
            .withBean(SimpleMeterRegistry.class, SimpleMeterRegistry::new);
    private final ApplicationContextRunner with =
            without.withConfiguration(AutoConfigurations.of(PenstockAutoConfiguration.class));

    GuardedMetersTest(PostgresServer postgres) {
        this.postgres = postgres;
    }

    private static Set<String> names(MeterRegistry registry) {
        Set<String> names = new TreeSet<>();
        registry.getMeters().stream()
                .map(Meter::getId)
                .filter(id ->
                        id.getName().startsWith("hikaricp.") || id.getName().startsWith("jdbc."))
                .forEach(id -> names.add(id.getName() + id.getTags()));
        return names;
    }

    private static <T extends DataSource> Set<String> namesAfterABorrow(
            ApplicationContextRunner spring, Class<T> type, Supplier<T> pool) {
        Set<String> names = new TreeSet<>();
        spring.withBean("pool", type, pool).run(context -> {
            assertThat(context).hasNotFailed();
            MeterRegistry registry = context.getBean(MeterRegistry.class);
            borrow(context.getBean(type), registry);
            names.addAll(names(registry));
        });
        return names;
    }

    private static void borrow(DataSource pool, MeterRegistry registry) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            assertThat(connection.isValid(5)).isTrue();
            assertThat(active(registry)).isIn(Double.NaN, 1.0);
        }
        assertThat(active(registry)).isIn(Double.NaN, 0.0);
    }

    /** Not a number: Spring Boot has no such meter of a pool that had not started when it looked. */
    private static double active(MeterRegistry registry) {
        Gauge gauge = registry.find("jdbc.connections.active").gauge();
        return gauge == null ? Double.NaN : gauge.value();
    }

    @Test
    void ofARunningPool() {
        Set<String> expected = namesAfterABorrow(without, HikariDataSource.class, () -> Pools.runningHikari(postgres));
        assertThat(expected)
                .anyMatch(name -> name.startsWith("hikaricp.connections.active"))
                .anyMatch(name -> name.startsWith("jdbc.connections.active"));
        assertThat(namesAfterABorrow(with, HikariDataSource.class, () -> Pools.runningHikari(postgres)))
                .isEqualTo(expected);
    }

    @Test
    void ofAClassOfTheUsersOwnThatStartsLater() {
        Set<String> expected = namesAfterABorrow(without, Pools.Late.class, () -> Pools.late(postgres));
        assertThat(expected).anyMatch(name -> name.startsWith("jdbc.connections.max"));
        assertThat(namesAfterABorrow(with, Pools.Late.class, () -> Pools.late(postgres)))
                .isEqualTo(expected);
    }

    @Test
    void ofAPoolThatHasNotStarted() {
        Set<String> expected = namesAfterABorrow(without, HikariDataSource.class, () -> Pools.hikari(postgres));
        assertThat(namesAfterABorrow(with, HikariDataSource.class, () -> Pools.hikari(postgres)))
                .isEqualTo(expected);
    }

    @Test
    void ofAnotherPool() {
        Set<String> expected = namesAfterABorrow(without, BasicDataSource.class, () -> Pools.dbcp2(postgres));
        assertThat(expected).anyMatch(name -> name.startsWith("jdbc.connections.active"));
        assertThat(namesAfterABorrow(with, BasicDataSource.class, () -> Pools.dbcp2(postgres)))
                .isEqualTo(expected);
    }
}
