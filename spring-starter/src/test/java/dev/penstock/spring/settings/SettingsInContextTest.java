package dev.penstock.spring.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.penstock.PenstockConfig;
import dev.penstock.hikari.PenstockHikariDataSource;
import dev.penstock.spring.PenstockAutoConfiguration;
import dev.penstock.spring.PenstockConfigCustomizer;
import dev.penstock.spring.PenstockPools;
import dev.penstock.spring.settings.source.InvalidPropertyException;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.annotation.Order;

/** What properties do in a context. No pool starts: nobody borrows. */
class SettingsInContextTest {
    private final ApplicationContextRunner empty =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(PenstockAutoConfiguration.class));

    private final ApplicationContextRunner two = empty.withUserConfiguration(Two.class);

    @Configuration(proxyBeanMethods = false)
    static class Two {
        private static HikariDataSource unstarted() {
            HikariDataSource dataSource = new HikariDataSource();
            dataSource.setJdbcUrl("jdbc:postgresql://127.0.0.1:1/app");
            return dataSource;
        }

        @Bean
        HikariDataSource orders() {
            return unstarted();
        }

        @Bean("billing.db")
        HikariDataSource billing() {
            return unstarted();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Customizers {
        @Bean
        @Order(2)
        PenstockConfigCustomizer late() {
            return (bean, config) -> config.connect(c -> c.deadline(Duration.ofSeconds(2)));
        }

        @Bean
        @Order(1)
        PenstockConfigCustomizer early() {
            return (bean, config) ->
                    config.connect(c -> c.deadline(Duration.ofSeconds(1))).breaker(b -> b.failures(bean.length()));
        }
    }

    /** Says only when it is asked what it makes. */
    @Configuration(proxyBeanMethods = false)
    static class Made {
        @Bean
        @Lazy
        FactoryBean<?> warehouse() {
            return new FactoryBean<DataSource>() {
                @Override
                public DataSource getObject() {
                    return Two.unstarted();
                }

                @Override
                public Class<?> getObjectType() {
                    return null;
                }
            };
        }
    }

    private static PenstockConfig configOf(AssertableApplicationContext context, String bean) {
        return context.getBean(PenstockPools.class).require(bean).control().config();
    }

    private static InvalidPropertyException refusalOf(AssertableApplicationContext context) {
        assertThat(context).hasFailed();
        Throwable failure = context.getStartupFailure();
        while (!(failure instanceof InvalidPropertyException) && failure.getCause() != null) {
            failure = failure.getCause();
        }
        assertThat(failure).isInstanceOf(InvalidPropertyException.class);
        return (InvalidPropertyException) failure;
    }

    // ---- without a DataSource -----------------------------------------------------------------------

    @Test
    void aBadPropertyIsRefusedWithoutADataSourceToo() {
        empty.withPropertyValues("penstock.breaker.failures=0")
                .run(context -> assertThat(refusalOf(context).property()).isEqualTo("penstock.breaker.failures"));
        empty.withPropertyValues("penstock.breakr.failures=1")
                .run(context -> assertThat(refusalOf(context).rule()).contains("did you mean"));
    }

    @Test
    void aPoolsOwnPropertiesAreNotForeignToASliceWithoutIt() {
        empty.withPropertyValues("penstock.pools.orders.breaker.failures=2", "penstock.include=orders")
                .run(context -> assertThat(context).hasNotFailed());
    }

    // ---- on and off -----------------------------------------------------------------------------------

    @Test
    void offIsOffWhateverElseIsSet() {
        two.withPropertyValues("penstock.enabled=false", "penstock.nonsense=1").run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context).hasSingleBean(Off.class);
            PenstockPools pools = context.getBean(PenstockPools.class); // for whoever wants it injected
            assertThat(pools.all()).isEmpty();
            assertThatThrownBy(() -> pools.require("orders"))
                    .hasMessage("Penstock looks after no DataSource 'orders': it is switched off"
                            + " (penstock.enabled=false)");
            assertThat(context.getBean("orders").getClass()).isEqualTo(HikariDataSource.class);
        });
    }

    @Test
    void onIsOn() {
        two.withPropertyValues("penstock.enabled=true").run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context).doesNotHaveBean(Off.class);
            assertThat(context.getBean("orders")).isInstanceOf(PenstockHikariDataSource.class);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"fals", "FALSE", "off", "", "${GONE}", "${penstock.enabled}"})
    void aSlipIsNotOff(String value) {
        two.withPropertyValues("penstock.enabled=" + value)
                .run(context -> assertThat(refusalOf(context).property()).isEqualTo("penstock.enabled"));
    }

    @Test
    void onePoolMayBeOff() {
        two.withPropertyValues("penstock.pools.orders.enabled=false").run(context -> {
            assertThat(context.getBean("orders").getClass()).isEqualTo(HikariDataSource.class);
            assertThat(context.getBean("billing.db")).isInstanceOf(PenstockHikariDataSource.class);
        });
    }

    // ---- which pools ----------------------------------------------------------------------------------

    @Test
    void excludedIsLeftAlone() {
        two.withPropertyValues("penstock.exclude=billing.db").run(context -> {
            assertThat(context.getBean("billing.db").getClass()).isEqualTo(HikariDataSource.class);
            assertThat(context.getBean(PenstockPools.class).leftAlone())
                    .containsEntry("billing.db", "penstock.exclude names it");
            assertThat(context.getBean("orders")).isInstanceOf(PenstockHikariDataSource.class);
        });
    }

    @Test
    void whatIsNotIncludedIsLeftAlone() {
        two.withPropertyValues("penstock.include[0]=orders").run(context -> {
            assertThat(context.getBean("billing.db").getClass()).isEqualTo(HikariDataSource.class);
            assertThat(context.getBean("orders")).isInstanceOf(PenstockHikariDataSource.class);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "penstock.include=orders,order",
                "penstock.exclude=order",
                "penstock.pools.order.breaker.failures=2",
                "penstock.pools[billing].breaker.failures=2"
            })
    void aNameOfNoDataSourceIsRefused(String property) {
        two.withPropertyValues(property)
                .run(context -> assertThat(refusalOf(context).property())
                        .isEqualTo(property.substring(0, property.indexOf('='))));
    }

    @Test
    void whatAFactoryWillMakeMayHaveProperties() {
        two.withUserConfiguration(Made.class)
                .withPropertyValues("penstock.pools.warehouse.breaker.failures=2", "penstock.exclude=warehouse")
                .run(context -> assertThat(context).hasNotFailed());
    }

    // ---- what counts ----------------------------------------------------------------------------------

    @Test
    void eachPoolHasItsOwn() {
        two.withPropertyValues(
                        "penstock.connect.deadline=9s",
                        "penstock.pools.orders.connect.deadline=8s",
                        "penstock.pools[billing.db].breaker.failures=7")
                .run(context -> {
                    assertThat(configOf(context, "orders").connect().deadline()).hasSeconds(8);
                    assertThat(configOf(context, "billing.db").connect().deadline())
                            .hasSeconds(9);
                    assertThat(configOf(context, "billing.db").breaker().failures())
                            .isEqualTo(7);
                });
    }

    @Test
    void customizersAreCalledInTheirOrderAndBeforeProperties() {
        two.withUserConfiguration(Customizers.class)
                .withPropertyValues("penstock.pools.orders.breaker.failures=3")
                .run(context -> {
                    assertThat(configOf(context, "orders").connect().deadline()).hasSeconds(2);
                    assertThat(configOf(context, "orders").breaker().failures()).isEqualTo(3);
                    assertThat(configOf(context, "billing.db").breaker().failures())
                            .isEqualTo("billing.db".length());
                });
    }
}
