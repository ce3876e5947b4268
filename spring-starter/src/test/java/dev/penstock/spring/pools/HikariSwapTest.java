package dev.penstock.spring.pools;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.PoolStats;
import dev.penstock.hikari.PenstockHikariDataSource;
import dev.penstock.lab.Await;
import dev.penstock.lab.junit.NoLeftovers;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.spring.PenstockAutoConfiguration;
import dev.penstock.spring.PenstockConfigCustomizer;
import dev.penstock.spring.PenstockPool;
import dev.penstock.spring.PenstockPool.Reach;
import dev.penstock.spring.PenstockPools;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.jmx.JmxAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.support.SimpleThreadScope;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** The pools of a context, however they are declared. */
@WithPostgres
@NoLeftovers
@ExtendWith(OutputCaptureExtension.class)
class HikariSwapTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final PostgresServer postgres;

    private final ApplicationContextRunner spring =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(PenstockAutoConfiguration.class));

    HikariSwapTest(PostgresServer postgres) {
        this.postgres = postgres;
    }

    /** Declared as an application would, of the declared type HikariDataSource. */
    private ApplicationContextRunner with(Consumer<RootBeanDefinition> change, Consumer<HikariDataSource> settings) {
        return spring.withInitializer(context -> {
            RootBeanDefinition definition = new RootBeanDefinition(HikariDataSource.class, () -> {
                HikariDataSource pool = Pools.hikari(postgres);
                settings.accept(pool);
                return pool;
            });
            change.accept(definition);
            ((BeanDefinitionRegistry) context).registerBeanDefinition("pool", definition);
        });
    }

    private ApplicationContextRunner with(Consumer<RootBeanDefinition> change) {
        return with(change, settings -> {});
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

    private static void use(DataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            assertThat(connection.isValid(5)).isTrue();
        }
    }

    @Test
    void thereIsOnePoolPerDataSourceAndNoneOnceTheContextIsClosed() {
        HikariDataSource[] kept = new HikariDataSource[1];
        PenstockPools[] pools = new PenstockPools[1];
        with(bean -> {}, pool -> pool.setMinimumIdle(2)).run(context -> {
            kept[0] = context.getBean(HikariDataSource.class);
            pools[0] = context.getBean(PenstockPools.class);
            assertThat(kept[0]).isInstanceOf(PenstockHikariDataSource.class);
            assertThat(pools[0].require("pool").reach()).isEqualTo(Reach.WHOLE);
            use(kept[0]);
            Await.until("two connections", SOON, () -> backends() == 2);
        });
        assertThat(kept[0].isClosed()).isTrue();
        assertThat(pools[0].all()).isEmpty();
        awaitNoBackend();
    }

    @Test
    void aPoolThatWasNeverUsedIsClosedToo() {
        HikariDataSource[] kept = new HikariDataSource[1];
        with(bean -> {}).run(context -> kept[0] = context.getBean(HikariDataSource.class));
        assertThat(kept[0].isClosed()).isTrue();
        assertThat(backends()).isZero();
    }

    /** Whoever has declared it closes it: not before he wants it. */
    @Test
    void aPoolThatIsNotForSpringToCloseIsNotClosed() throws SQLException {
        HikariDataSource[] kept = new HikariDataSource[1];
        with(bean -> bean.setDestroyMethodName("")).run(context -> kept[0] = context.getBean(HikariDataSource.class));

        assertThat(kept[0].isClosed()).isFalse();
        use(kept[0]);
        kept[0].close();
        awaitNoBackend();
    }

    @Test
    void aPrototypeBelongsToWhoeverAsksForIt() {
        with(bean -> bean.setScope("prototype")).run(context -> {
            HikariDataSource one = context.getBean("pool", HikariDataSource.class);
            HikariDataSource other = context.getBean("pool", HikariDataSource.class);
            assertThat(one).isInstanceOf(PenstockHikariDataSource.class).isNotSameAs(other);
            assertThat(context.getBean(PenstockPools.class).all()).isEmpty(); // nobody would say when one is closed
            use(one);
            one.close();
            other.close();
        });
        awaitNoBackend();
    }

    /** Spring Cloud's refresh scope works alike: the bean has another name than its proxy. */
    @Test
    void ofAScopedPoolTheApplicationsNameCounts() {
        spring.withInitializer(context -> {
                    context.getBeanFactory().registerScope("somewhere", new SimpleThreadScope());
                    RootBeanDefinition target =
                            new RootBeanDefinition(HikariDataSource.class, () -> Pools.hikari(postgres));
                    target.setScope("somewhere");
                    ((BeanDefinitionRegistry) context).registerBeanDefinition("scopedTarget.pool", target);
                })
                .withPropertyValues("penstock.pools.pool.connect.deadline=7s")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    HikariDataSource pool = context.getBean("scopedTarget.pool", HikariDataSource.class);
                    use(pool);
                    assertThat(context.getBean(PenstockPools.class)
                                    .require("pool")
                                    .control()
                                    .config()
                                    .connect()
                                    .deadline())
                            .hasSeconds(7);
                    pool.close();
                });
        awaitNoBackend();
    }

    /** It sees a HikariDataSource, before and after, as it did without Penstock. */
    @Test
    void whateverLooksForHikariDataSourcesStillFindsThem() {
        List<String> seen = new ArrayList<>();
        with(bean -> {}).withBean(Looking.class, () -> new Looking(seen)).run(context -> {
            assertThat(context).hasNotFailed();
            HikariDataSource pool = context.getBean(HikariDataSource.class);
            assertThat(pool.getMaximumPoolSize()).isEqualTo(7);
            assertThat(context.getBean(PenstockPools.class).require("pool").dataSource())
                    .isSameAs(pool);
        });
        assertThat(seen).containsExactly("before", "after");
    }

    private record Looking(List<String> seen) implements BeanPostProcessor {
        @Override
        public Object postProcessBeforeInitialization(Object bean, String beanName) {
            if (bean instanceof HikariDataSource pool) {
                seen.add("before");
                pool.setMaximumPoolSize(7);
            }
            return bean;
        }

        @Override
        public Object postProcessAfterInitialization(Object bean, String beanName) {
            if (bean instanceof HikariDataSource) {
                seen.add("after");
            }
            return bean;
        }
    }

    @Test
    void settingsOfHikariCPAreKept() {
        List<PoolStats> tracked = new ArrayList<>();
        with(bean -> {}, pool -> {
                    pool.setAllowPoolSuspension(true);
                    pool.setRegisterMbeans(true);
                    pool.setMetricsTrackerFactory((name, stats) -> {
                        tracked.add(stats);
                        return new com.zaxxer.hikari.metrics.IMetricsTracker() {};
                    });
                })
                .run(context -> {
                    HikariDataSource pool = context.getBean(HikariDataSource.class);
                    use(pool);
                    assertThat(pool.isAllowPoolSuspension()).isTrue();
                    pool.getHikariPoolMXBean().suspendPool();
                    pool.getHikariPoolMXBean().resumePool();
                    assertThat(tracked).hasSize(1);
                    assertThat(ManagementFactory.getPlatformMBeanServer()
                                    .isRegistered(new ObjectName("com.zaxxer.hikari:type=Pool (" + Pools.NAME + ")")))
                            .isTrue();
                });
    }

    /** Spring calls it after the class of the bean. */
    @Test
    void springsMBeanHasTheNameInTheDocs() {
        with(bean -> {})
                .withConfiguration(AutoConfigurations.of(JmxAutoConfiguration.class))
                .withPropertyValues("spring.jmx.enabled=true")
                .run(context -> assertThat(context.getBean(MBeanServer.class)
                                .isRegistered(
                                        new ObjectName("dev.penstock.hikari:type=PenstockHikariDataSource,name=pool")))
                        .isTrue());
    }

    @Test
    void aPoolOfPenstocksThatTheUserHasDeclaredIsKnownAndLeftAsItIs() {
        spring.withBean("pool", PenstockHikariDataSource.class, () -> {
                    PenstockHikariDataSource own = new PenstockHikariDataSource();
                    Pools.hikari(postgres).copyStateTo(own);
                    return own;
                })
                .run(context -> {
                    PenstockHikariDataSource own = context.getBean(PenstockHikariDataSource.class);
                    PenstockPool pool = context.getBean(PenstockPools.class).require("pool");
                    assertThat(pool.dataSource()).isSameAs(own);
                    use(own);
                });
        awaitNoBackend();
    }

    /** In the same phase, and later in it. */
    private record Before() implements BeanPostProcessor {
        @Override
        public Object postProcessBeforeInitialization(Object bean, String beanName) {
            return bean instanceof HikariDataSource pool ? new DelegatingDataSource(pool) : bean;
        }
    }

    @Test
    void aPoolThatSomebodyPutsSomethingBeforeIsKnown() {
        spring.withBean("pool", DataSource.class, () -> Pools.hikari(postgres))
                .withBean(Before.class, Before::new)
                .run(context -> {
                    DataSource bean = context.getBean(DataSource.class);
                    PenstockPools pools = context.getBean(PenstockPools.class);
                    assertThat(bean).isInstanceOf(DelegatingDataSource.class);
                    assertThat(pools.require("pool").dataSource())
                            .isSameAs(((DelegatingDataSource) bean).getTargetDataSource());
                    assertThat(pools.leftAlone()).isEmpty();
                    use(bean);
                });
        awaitNoBackend();
    }

    @Test
    void whatHasSwitchedItOffIsTold() {
        with(bean -> {})
                .withBean(PenstockConfigCustomizer.class, () -> (bean, config) -> config.enabled(false))
                .run(context -> {
                    assertThat(context.getBean(HikariDataSource.class)).isExactlyInstanceOf(HikariDataSource.class);
                    assertThat(context.getBean(PenstockPools.class).leftAlone())
                            .containsEntry("pool", "it is switched off (penstock.enabled=false, builder)");
                });
    }

    @Test
    void nobodyIsWarnedOfWhatIsSwitchedOffOnPurpose(CapturedOutput log) {
        with(bean -> {})
                .withPropertyValues("penstock.pools.pool.enabled=false")
                .run(context -> assertThat(context.getBean(HikariDataSource.class))
                        .isExactlyInstanceOf(HikariDataSource.class));
        assertThat(log.getAll())
                .contains("DataSource 'pool' is left as it is: it is switched off (penstock.enabled=false, ")
                .doesNotContain("has no effect");
    }

    /** A watcher may ask for the control of a pool at once: by then all its settings are made. */
    @Test
    void watchersAreToldOnceAPoolHasAllItsSettings() {
        List<Integer> sizes = new ArrayList<>();
        with(bean -> {})
                .withBean(Looking.class, () -> new Looking(new ArrayList<>()))
                .withInitializer(context -> context.getBeanFactory().addBeanPostProcessor(new BeanPostProcessor() {
                    @Override
                    public Object postProcessAfterInitialization(Object bean, String beanName) {
                        if (bean instanceof PenstockPools pools) {
                            pools.watch(new PenstockPools.Watcher() {
                                @Override
                                public void added(PenstockPool pool) {
                                    sizes.add(((HikariDataSource) pool.dataSource()).getMaximumPoolSize());
                                }

                                @Override
                                public void removed(PenstockPool pool) {
                                    sizes.add(-1);
                                }
                            });
                        }
                        return bean;
                    }
                }))
                .run(context -> assertThat(context).hasNotFailed());
        assertThat(sizes).containsExactly(7, -1);
    }
}
