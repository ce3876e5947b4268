package dev.penstock.spring.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.metrics.PenstockMetrics;
import dev.penstock.spring.PenstockPools;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

@WithPostgres
class PoolMetersTest {
    @Configuration(proxyBeanMethods = false)
    static class TwoRegistries {
        @Bean
        SimpleMeterRegistry first() {
            return new SimpleMeterRegistry();
        }

        @Bean
        SimpleMeterRegistry second() {
            return new SimpleMeterRegistry();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnMetrics {
        @Bean
        PenstockMetrics own(PenstockPools pools, DataSource dataSource) {
            return new PenstockMetrics(pools.require("dataSource").control());
        }
    }

    private static Set<String> idsOf(MeterRegistry registry, String prefix) {
        return registry.getMeters().stream()
                .map(Meter::getId)
                .filter(id -> id.getName().startsWith(prefix))
                .map(id -> id.getName() + id.getTags() + id.getType() + id.getBaseUnit() + id.getDescription())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static double connects(MeterRegistry registry, String pool) {
        return registry.get("penstock.connects")
                .tag("pool", pool)
                .tag("outcome", "connected")
                .counter()
                .count();
    }

    private static void borrow(AssertableApplicationContext context, String pool) throws SQLException {
        context.getBean(pool, DataSource.class).getConnection().close();
    }

    @Test
    void everyPoolHasItsMeters(PostgresServer postgres) {
        Contexts.on(postgres).run(context -> {
            context.getBean(JdbcTemplate.class).execute("select 1");
            MeterRegistry registry = context.getBean(MeterRegistry.class);

            assertThat(registry.get("penstock.connects")
                            .tag("pool", "orders")
                            .tag("outcome", "connected")
                            .counter()
                            .count())
                    .isEqualTo(1);
            assertThat(registry.get("penstock.leases.open")
                            .tag("pool", "orders")
                            .gauge()
                            .value())
                    .isZero();
        });
    }

    @Test
    void hikarisAndBootsMetersAreWhatTheyWereWithoutTheStarter(PostgresServer postgres) {
        Contexts.withoutStarter(postgres)
                .run(without -> Contexts.on(postgres).run(with -> {
                    without.getBean(JdbcTemplate.class).execute("select 1");
                    with.getBean(JdbcTemplate.class).execute("select 1");

                    for (String prefix : List.of("hikaricp.", "jdbc.")) {
                        assertThat(idsOf(with.getBean(MeterRegistry.class), prefix))
                                .isNotEmpty()
                                .isEqualTo(idsOf(without.getBean(MeterRegistry.class), prefix));
                    }
                }));
    }

    @Test
    void ofSeveralRegistriesEachCountsOnce(PostgresServer postgres) {
        Contexts.withoutRegistry(postgres)
                .withUserConfiguration(TwoRegistries.class)
                .run(context -> {
                    borrow(context, "dataSource");

                    assertThat(context.getBean(MeterRegistry.class)).isInstanceOf(CompositeMeterRegistry.class);
                    for (String each : List.of("first", "second")) {
                        assertThat(connects(context.getBean(each, MeterRegistry.class), "orders"))
                                .isEqualTo(1);
                    }
                });
    }

    @Test
    void aLatePoolIsMeasuredFromItsBeginning(PostgresServer postgres) {
        Contexts.on(postgres).run(context -> {
            Contexts.defineLatePool(context, postgres);

            borrow(context, "late");

            assertThat(connects(context.getBean(MeterRegistry.class), "late")).isEqualTo(1);
        });
    }

    @Test
    void aPoolThatGoesTakesItsMetersWithItAndMayComeBack(PostgresServer postgres) {
        Contexts.on(postgres).run(context -> {
            MeterRegistry registry = context.getBean(MeterRegistry.class);
            Set<String> before = idsOf(registry, "penstock.");
            Contexts.defineLatePool(context, postgres);
            borrow(context, "late");
            Set<String> with = idsOf(registry, "penstock.");
            assertThat(with).hasSize(2 * before.size());

            ((DefaultListableBeanFactory) context.getBeanFactory()).destroySingleton("late");
            assertThat(idsOf(registry, "penstock.")).isEqualTo(before);

            borrow(context, "late");
            assertThat(idsOf(registry, "penstock.")).isEqualTo(with);
            assertThat(connects(registry, "late")).isEqualTo(1);
        });
    }

    @Test
    void aRegistryThatOutlivesTheContextKeepsNothing(PostgresServer postgres) {
        SimpleMeterRegistry longLived = new SimpleMeterRegistry();
        MeterRegistry guarded = new CompositeMeterRegistry().add(longLived);
        Contexts.withoutRegistry(postgres)
                .withBean(MeterRegistry.class, () -> guarded, definition -> definition.setDestroyMethodName(""))
                .run(context -> assertThat(idsOf(longLived, "penstock.")).isNotEmpty());

        assertThat(idsOf(longLived, "penstock.")).isEmpty();
    }

    @Test
    void holdTimesAreMeasuredIfAskedFor(PostgresServer postgres) {
        Contexts.on(postgres)
                .run(context -> assertThat(context.getBean(MeterRegistry.class)
                                .find("penstock.leases.hold")
                                .timer())
                        .isNull());
        Contexts.on(postgres)
                .withPropertyValues("penstock.metrics.hold-time-sites=3")
                .run(context -> assertThat(context.getBean(MeterRegistry.class)
                                .find("penstock.leases.hold")
                                .timer())
                        .isNotNull());
    }

    // ---- what others do wrong ---------------------------------------------------------------------

    @Test
    void whoeverThrowsWhenMetersComeFailsNoDataSource(PostgresServer postgres) {
        Contexts.on(postgres).run(context -> {
            context.getBean(MeterRegistry.class).config().onMeterAdded(PoolMetersTest::refuse);
            Contexts.defineLatePool(context, postgres);

            borrow(context, "late");

            assertThat(context.getBean(PenstockPools.class).find("late")).isPresent();
        });
    }

    @Test
    void whoeverThrowsWhenMetersGoLeavesNoPoolOpen(PostgresServer postgres) {
        Contexts.on(postgres).run(context -> {
            context.getBean(MeterRegistry.class).config().onMeterRemoved(PoolMetersTest::refuse);
            borrow(context, "dataSource");
            HikariDataSource pool = context.getBean(HikariDataSource.class);

            context.getSourceApplicationContext().close();

            assertThat(pool.isClosed()).isTrue();
        });
    }

    private static void refuse(Meter meter) {
        if (meter.getId().getName().startsWith("penstock.")) {
            throw new IllegalStateException("on purpose: " + meter.getId());
        }
    }

    @Test
    void aRegistryThatRefusesOnePoolHasTheOthers(PostgresServer postgres) {
        Contexts.on(postgres).run(context -> {
            Contexts.defineLatePool(context, postgres);
            borrow(context, "late");
            SimpleMeterRegistry second = new SimpleMeterRegistry();
            AtomicReference<String> refused = new AtomicReference<>();
            second.config().onMeterAdded(meter -> {
                String pool = meter.getId().getTag("pool");
                refused.compareAndSet(null, pool); // whoever comes first
                if (pool != null && pool.equals(refused.get())) {
                    throw new IllegalStateException("on purpose");
                }
            });

            context.getBean(PoolMeters.class).bindTo(second);

            String other = "late".equals(refused.get()) ? "orders" : "late";
            assertThat(second.find("penstock.leases.open").tag("pool", other).gauge())
                    .isNotNull();
        });
    }

    // ---- conditions -----------------------------------------------------------------------------

    @Test
    void noneIfSwitchedOff(PostgresServer postgres) {
        for (String off : List.of("penstock.metrics.enabled=false", "penstock.enabled=false")) {
            Contexts.on(postgres).withPropertyValues(off).run(PoolMetersTest::isWithoutMeters);
        }
    }

    private static void isWithoutMeters(AssertableApplicationContext c) {
        assertThat(c).hasNotFailed().doesNotHaveBean(PoolMeters.class);
        assertThat(idsOf(c.getBean(MeterRegistry.class), "penstock.")).isEmpty();
    }

    @Test
    void anApplicationThatBindsThemItselfCountsOnce(PostgresServer postgres) {
        Contexts.on(postgres).withUserConfiguration(OwnMetrics.class).run(context -> {
            borrow(context, "dataSource");

            assertThat(context).doesNotHaveBean(PoolMeters.class);
            assertThat(connects(context.getBean(MeterRegistry.class), "orders")).isEqualTo(1);
        });
    }

    @Test
    void withoutARegistryNothingIsBound(PostgresServer postgres) {
        runs(Contexts.withoutRegistry(postgres));
    }

    @Test
    void withoutMicrometerThereIsNothing(PostgresServer postgres) {
        runs(Contexts.withoutRegistry(postgres).withClassLoader(new FilteredClassLoader("io.micrometer")));
        Contexts.withoutRegistry(postgres)
                .withClassLoader(new FilteredClassLoader("io.micrometer"))
                .run(context -> assertThat(context).doesNotHaveBean("penstockPoolMeters"));
    }

    private static void runs(ApplicationContextRunner application) {
        application.run(context -> {
            assertThat(context).hasNotFailed();
            context.getBean(JdbcTemplate.class).execute("select 1");
        });
    }
}
