package dev.penstock.spring.pools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.penstock.PenstockConnector;
import dev.penstock.PenstockControl;
import dev.penstock.PenstockDataSource;
import dev.penstock.PoolControl;
import dev.penstock.lab.Await;
import dev.penstock.lab.junit.NoLeftovers;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.spring.PenstockAutoConfiguration;
import dev.penstock.spring.PenstockPool;
import dev.penstock.spring.PenstockPool.Reach;
import dev.penstock.spring.PenstockPools;
import io.agroal.api.AgroalDataSource;
import java.io.Closeable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.apache.commons.dbcp2.BasicDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.Ordered;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;

/** Pools that Penstock cannot be put below. */
@WithPostgres
@NoLeftovers
@ExtendWith(OutputCaptureExtension.class)
class PoolGuardTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final PostgresServer postgres;

    private final ApplicationContextRunner spring =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(PenstockAutoConfiguration.class));

    PoolGuardTest(PostgresServer postgres) {
        this.postgres = postgres;
    }

    private int backends() {
        try {
            return postgres.backendCount(Pools.NAME);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitNoBackend() {
        Await.until("no connection left", SOON, () -> backends() == 0);
    }

    private <T extends DataSource> ApplicationContextRunner with(Class<T> type, Supplier<T> pool) {
        return spring.withBean(
                "pool", type, pool, bean -> bean.setDestroyMethodName(AbstractBeanDefinition.INFER_METHOD));
    }

    private static PenstockPool poolOf(AssertableApplicationContext context) {
        assertThat(context).hasNotFailed();
        return context.getBean(PenstockPools.class).require("pool");
    }

    private static void assertWatchesLeases(AssertableApplicationContext context, DataSource pool) throws SQLException {
        PenstockControl control = poolOf(context).control();
        try (Connection lent = pool.getConnection()) {
            assertThat(lent.isValid(5)).isTrue();
            assertThat(control.openLeases()).singleElement().satisfies(lease -> {
                assertThat(lease.backendPid()).isNotZero();
                assertThat(lease.borrowStack().get(0).getClassName()).isEqualTo(PoolGuardTest.class.getName());
            });
        }
        assertThat(control.openLeaseCount()).isZero();
    }

    // ---- HikariCP -------------------------------------------------------------------------------

    @Test
    void aRunningPoolIsInjectedAsWhatItIsAndItsLeasesAreWatched(CapturedOutput log) {
        with(HikariDataSource.class, () -> Pools.runningHikari(postgres)).run(context -> {
            HikariDataSource pool = context.getBean(HikariDataSource.class);
            assertThat(poolOf(context).reach()).isEqualTo(Reach.ABOVE);
            assertThat(poolOf(context).dataSource()).isSameAs(pool);
            assertWatchesLeases(context, pool);

            assertThat(pool.isRunning()).isTrue();
            assertThat(pool.getPoolName()).isEqualTo(Pools.NAME);
            assertThat(pool.getHikariPoolMXBean().getTotalConnections()).isBetween(1, 2);
            assertThat(pool.unwrap(PenstockControl.class))
                    .isSameAs(poolOf(context).control());
            pool.getHikariConfigMXBean().setMaximumPoolSize(1);
            assertThat(poolOf(context).control().pool().map(PoolControl::max)).contains(1);
        });
        awaitNoBackend();
        assertThat(log.getAll()).containsOnlyOnce("is guarded from above only").doesNotContain("not in force");
        assertThat(log.getAll()).doesNotContain("was not made by the connector");
    }

    @Test
    void settingsThatAreMadeInVainAreNamed(CapturedOutput log) {
        with(HikariDataSource.class, () -> Pools.runningHikari(postgres))
                .withPropertyValues("penstock.connect.deadline=5s", "penstock.leases.suspect-after=1m")
                .run(context -> assertThat(context).hasNotFailed());
        assertThat(log.getAll())
                .contains(
                        "guarded from above only, and penstock.connect.deadline is not in force: it is running already")
                .contains("declare a bean that has not started");
    }

    @Test
    void aConnectionCanBeEvictedByItsLease() {
        with(HikariDataSource.class, () -> Pools.runningHikari(postgres)).run(context -> {
            HikariDataSource pool = context.getBean(HikariDataSource.class);
            int evicted;
            try (Connection lent = pool.getConnection()) {
                evicted = pidOf(lent);
                pool.evictConnection(lent);
            }
            Await.until("the connection is gone", SOON, () -> isGone(evicted));
            assertThat(pool.isClosed()).isFalse();
        });
    }

    private static int pidOf(Connection lent) throws SQLException {
        return lent.unwrap(PGConnection.class).getBackendPID();
    }

    private boolean isGone(int pid) {
        try (Connection own = postgres.connect();
                ResultSet found =
                        own.createStatement().executeQuery("select 1 from pg_stat_activity where pid = " + pid)) {
            return !found.next();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aClassOfTheUsersOwnIsInjectedAsWhatItIs(CapturedOutput log) {
        with(Pools.Own.class, () -> new Pools.Own(postgres, "reports")).run(context -> {
            assertThat(context.getBean(Pools.Own.class).purpose()).isEqualTo("reports");
            assertWatchesLeases(context, context.getBean(DataSource.class));
        });
        awaitNoBackend();
        assertThat(log.getAll()).contains("it is a class of your own").contains("extend PenstockHikariDataSource");
    }

    @Test
    void aPoolThatStartsLaterIsGuardedAllTheSame() {
        with(Pools.Late.class, () -> Pools.late(postgres)).run(context -> {
            Pools.Late pool = context.getBean(Pools.Late.class);
            assertThat(pool.isRunning()).isFalse();
            assertWatchesLeases(context, pool);
            assertThat(pool.isRunning()).isTrue();
        });
        awaitNoBackend();
    }

    /** Which may keep what it has made: another pool in its place would be a second one. */
    @Test
    void whatAFactoryBeanHasMadeIsGuarded() {
        spring.withBean("pool", Factory.class, () -> new Factory(postgres)).run(context -> {
            HikariDataSource made = context.getBean(HikariDataSource.class);
            assertThat(poolOf(context).reach()).isEqualTo(Reach.ABOVE);
            assertWatchesLeases(context, made);
        });
        awaitNoBackend();
    }

    private static final class Factory implements FactoryBean<HikariDataSource>, Closeable {
        private final HikariDataSource pool;

        Factory(PostgresServer postgres) {
            this.pool = Pools.hikari(postgres);
        }

        @Override
        public HikariDataSource getObject() {
            return pool;
        }

        @Override
        public Class<?> getObjectType() {
            return HikariDataSource.class;
        }

        @Override
        public void close() {
            pool.close();
        }
    }

    // ---- other pools ----------------------------------------------------------------------------

    @Test
    void tomcatsPoolIsGuarded(CapturedOutput log) {
        with(org.apache.tomcat.jdbc.pool.DataSource.class, () -> Pools.tomcat(postgres))
                .run(context -> {
                    var pool = context.getBean(org.apache.tomcat.jdbc.pool.DataSource.class);
                    assertWatchesLeases(context, pool);
                    assertThat(pool.getSize()).isEqualTo(1);
                });
        awaitNoBackend();
        assertThat(log.getAll()).contains("it is another pool than HikariCP (org.apache.tomcat.jdbc.pool.DataSource)");
    }

    @Test
    void dbcp2sPoolIsGuarded() {
        with(BasicDataSource.class, () -> Pools.dbcp2(postgres)).run(context -> {
            BasicDataSource pool = context.getBean(BasicDataSource.class);
            assertWatchesLeases(context, pool);
            assertThat(pool.getNumIdle()).isEqualTo(1);
        });
        awaitNoBackend();
    }

    /** As Agroal's and c3p0's are. */
    private static final class Final extends DelegatingDataSource implements AgroalDataSource, AutoCloseable {
        private final BasicDataSource pool;

        Final(BasicDataSource pool) {
            super(pool);
            this.pool = pool;
        }

        @Override
        public Configuration getConfiguration() {
            return () -> () -> pool::getUrl;
        }

        @Override
        public void close() throws SQLException {
            pool.close();
        }
    }

    @Test
    void aPoolOfAFinalClassIsGuardedIfItIsDeclaredByAnInterface() {
        with(DataSource.class, () -> new Final(Pools.dbcp2(postgres))).run(context -> {
            DataSource pool = context.getBean(DataSource.class);
            assertThat(pool).isInstanceOf(AgroalDataSource.class).isNotInstanceOf(Final.class);
            assertWatchesLeases(context, pool);
        });
        awaitNoBackend();
    }

    @Test
    void aPoolOfAFinalClassIsLeftAloneIfSomebodyMayCountOnIt(CapturedOutput log) {
        with(Final.class, () -> new Final(Pools.dbcp2(postgres)))
                .run(context ->
                        assertThat(context.getBean(Final.class).getClass()).isEqualTo(Final.class));
        assertThat(log.getAll()).contains("declare the bean as a DataSource");
    }

    @Test
    void aGuardedPoolCanBeSuspended() {
        with(BasicDataSource.class, () -> Pools.dbcp2(postgres)).run(context -> {
            PenstockControl control = poolOf(context).control();
            control.suspend();
            assertThat(control.isSuspended()).isTrue();
            control.resume();
            assertWatchesLeases(context, context.getBean(DataSource.class));
        });
    }

    @Test
    void ofAPoolThatIsGuardedNothingIsLeftOnceItIsClosed() {
        PenstockPools[] pools = new PenstockPools[1];
        with(HikariDataSource.class, () -> Pools.runningHikari(postgres)).run(context -> {
            pools[0] = context.getBean(PenstockPools.class);
            assertThat(pools[0].all()).hasSize(1);
        });
        assertThat(pools[0].all()).isEmpty();
        awaitNoBackend();
    }

    /** As spring.datasource.connection-fetch=lazy does, of Boot 4.1. */
    private record Lazy() implements BeanPostProcessor, Ordered {
        @Override
        public Object postProcessAfterInitialization(Object bean, String beanName) {
            return bean instanceof DataSource pool ? new LazyConnectionDataSourceProxy(pool) : bean;
        }

        @Override
        public int getOrder() {
            return 0;
        }
    }

    @Test
    void whateverFetchesConnectionsLateStandsBeforeTheGuard() {
        with(HikariDataSource.class, () -> Pools.runningHikari(postgres))
                .withBean(Lazy.class, Lazy::new)
                .run(context -> {
                    assertThat(poolOf(context).reach()).isEqualTo(Reach.ABOVE);
                    DataSource lazy = context.getBean(DataSource.class);
                    assertThat(lazy).isInstanceOf(LazyConnectionDataSourceProxy.class);
                    try (Connection lent = lazy.getConnection();
                            Statement statement = lent.createStatement()) {
                        assertThat(statement.execute("select 1")).isTrue();
                        assertThat(poolOf(context).control().openLeaseCount()).isEqualTo(1);
                    }
                });
    }

    // ---- what is Penstock's already, or nobody's ------------------------------------------------

    @Test
    void whatTheUserHasGuardedHimselfIsKnown() {
        PenstockConnector connector = PenstockConnector.builder(Pools.url(postgres))
                .user(postgres.user())
                .password(postgres.password())
                .build();
        PenstockDataSource own =
                PenstockDataSource.guard(connector, PoolControl.unknown(Duration.ofSeconds(5)), connector);
        with(PenstockDataSource.class, () -> own).run(context -> {
            assertThat(context.getBean(PenstockDataSource.class)).isSameAs(own);
            assertThat(poolOf(context).reach()).isEqualTo(Reach.WHOLE);
            assertThat(poolOf(context).control()).isSameAs(own.control());
        });
        connector.close();
    }

    @Test
    void aPrototypeIsLeftAloneWhereNobodyWouldSayWhenItIsClosed() {
        spring.withInitializer(context -> {
                    var definition = new RootBeanDefinition(BasicDataSource.class, () -> Pools.dbcp2(postgres));
                    definition.setScope("prototype");
                    ((BeanDefinitionRegistry) context).registerBeanDefinition("pool", definition);
                })
                .run(context -> {
                    context.getBean("pool", BasicDataSource.class).close();
                    context.getBean("pool", BasicDataSource.class).close();
                    assertThatThrownBy(() -> poolOf(context)).hasMessageContaining("it is a prototype");
                });
    }

    @Test
    void whatIsNoPoolIsLeftAloneAndSaysWhy(CapturedOutput log) {
        PGSimpleDataSource simple = new PGSimpleDataSource();
        simple.setUrl(postgres.jdbcUrl());
        with(PGSimpleDataSource.class, () -> simple).run(context -> {
            assertThat(context.getBean(DataSource.class)).isSameAs(simple);
            assertThat(context.getBean(PenstockPools.class).leftAlone())
                    .hasEntrySatisfying("pool", why -> assertThat(why).contains("no pool"));
        });
        assertThat(log.getAll()).containsOnlyOnce("DataSource 'pool' is left as it is");
    }

    @Test
    void anExcludedPoolIsLeftAlone(CapturedOutput log) {
        with(HikariDataSource.class, () -> Pools.runningHikari(postgres))
                .withPropertyValues("penstock.exclude=pool")
                .run(context ->
                        assertThat(context.getBean(DataSource.class).getClass()).isEqualTo(HikariDataSource.class));
        assertThat(log.getAll()).containsOnlyOnce("is left as it is: penstock.exclude names it");
    }

    @Test
    void switchedOffForOnePoolItIsLeftAlone() {
        with(BasicDataSource.class, () -> Pools.dbcp2(postgres))
                .withPropertyValues("penstock.pools.pool.enabled=false")
                .run(context ->
                        assertThat(context.getBean(DataSource.class).getClass()).isEqualTo(BasicDataSource.class));
    }
}
