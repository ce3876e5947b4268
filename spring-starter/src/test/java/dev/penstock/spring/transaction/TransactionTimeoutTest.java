package dev.penstock.spring.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.penstock.PenstockControl;
import dev.penstock.PenstockListener.Enforcement;
import dev.penstock.SessionLimit;
import dev.penstock.SessionTimeoutException;
import dev.penstock.SessionTimeoutException.Origin;
import dev.penstock.lab.Await;
import dev.penstock.lab.junit.NoLeftovers;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.spring.PenstockAutoConfiguration;
import dev.penstock.spring.PenstockPools;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.hibernate.Session;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizationAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.NestedRuntimeException;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.orm.jpa.EntityManagerFactoryUtils;
import org.springframework.orm.jpa.EntityManagerHolder;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The timeout of a transaction is enforced by the client, and on nobody else. */
@WithPostgres
@NoLeftovers
@Tag("once") // it takes its time, and shows the same on every JDK
class TransactionTimeoutTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    /** Longer than a timeout of a second and the grace. */
    private static final String LONG_WORK = "select pg_sleep(1.6)";

    /** Of a transaction that must not be ended, on a machine that others use too. */
    private static final int ENOUGH = 3;

    /** Longer than that and the grace. */
    private static final String LONGER_WORK = "select pg_sleep(3.3)";

    private ApplicationContextRunner unlimited = new ApplicationContextRunner();
    private ApplicationContextRunner jdbc = new ApplicationContextRunner();
    private ApplicationContextRunner jpa = new ApplicationContextRunner();

    @BeforeEach
    void connect(PostgresServer postgres) {
        unlimited = new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        PenstockAutoConfiguration.class,
                        PenstockTransactionAutoConfiguration.class,
                        DataSourceAutoConfiguration.class,
                        TransactionAutoConfiguration.class,
                        TransactionManagerCustomizationAutoConfiguration.class,
                        DataSourceTransactionManagerAutoConfiguration.class))
                .withPropertyValues(
                        "spring.datasource.url=" + postgres.jdbcUrl(),
                        "spring.datasource.username=" + postgres.user(),
                        "spring.datasource.password=" + postgres.password(),
                        "spring.datasource.hikari.maximum-pool-size=2",
                        "spring.datasource.hikari.minimum-idle=0");
        jdbc = unlimited.withPropertyValues("penstock.session.transaction-timeout=0s", "penstock.session.grace=100ms");
        jpa = jdbc.withConfiguration(AutoConfigurations.of(HibernateJpaAutoConfiguration.class));
    }

    private static PenstockControl control(ApplicationContext context) {
        return context.getBean(PenstockPools.class).require("dataSource").control();
    }

    private static long ended(ApplicationContext context) {
        return control(context).enforcedTimeouts(SessionLimit.TRANSACTION, Enforcement.ABORTED);
    }

    private static void awaitEnd(ApplicationContext context) {
        Await.until("a transaction ended", SOON, () -> ended(context) == 1);
    }

    private static TransactionTemplate transaction(ApplicationContext context, int timeout, int propagation) {
        TransactionTemplate template = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
        template.setTimeout(timeout);
        template.setPropagationBehavior(propagation);
        return template;
    }

    private static TransactionTemplate transaction(ApplicationContext context, int timeout) {
        return transaction(context, timeout, TransactionDefinition.PROPAGATION_REQUIRED);
    }

    /** Past JdbcTemplate, which looks at the timeout itself. */
    private static void execute(Connection connection, String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void execute(ApplicationContext context, String sql) {
        execute(DataSourceUtils.getConnection(context.getBean(DataSource.class)), sql);
    }

    private static void inTransaction(ApplicationContext context, int timeout, Consumer<ApplicationContext> work) {
        transaction(context, timeout).executeWithoutResult(status -> work.accept(context));
    }

    /** Does this in a transaction, which is ended then; what the next call on its connection throws. */
    private static Throwable failureOfTheNextCall(
            ApplicationContext context, Runnable work, Function<String, ThrowingCallable> next) {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        assertThatThrownBy(() -> inTransaction(context, 1, all -> {
                    work.run();
                    awaitEnd(context);
                    thrown.set(catchThrowable(next.apply("select 2")));
                }))
                .isInstanceOf(NestedRuntimeException.class); // of the commit
        return thrown.get();
    }

    private static Throwable failureOfTheNextCall(ApplicationContext context, Runnable work) {
        return failureOfTheNextCall(context, work, sql -> () -> execute(context, sql));
    }

    // ---- the limit ------------------------------------------------------------------------------

    private static void assertIsEndedByItsTimeout(Throwable thrown) {
        assertThat(thrown).hasRootCauseInstanceOf(SessionTimeoutException.class).satisfies(failure -> {
            SessionTimeoutException why = rootOf(failure);
            assertThat(why.limit()).isEqualTo(SessionLimit.TRANSACTION);
            assertThat(why.origin()).isEqualTo(Origin.TRANSACTION);
            assertThat(why.value()).isLessThanOrEqualTo(Duration.ofSeconds(1));
            assertThat(why).hasMessageContaining("what was left of the timeout of its transaction");
        });
    }

    private static SessionTimeoutException rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return (SessionTimeoutException) root;
    }

    /** A call to another service that hangs, for example. */
    @Test
    void aTransactionThatIdlesForLongerThanItsTimeoutIsEnded() {
        jdbc.run(context -> {
            Throwable thrown = failureOfTheNextCall(context, () -> execute(context, "select 1"));
            assertIsEndedByItsTimeout(thrown);
        });
    }

    /** As with several DataSources: Spring Boot adds no listeners to it. */
    @Test
    void ofATransactionManagerOfTheApplicationsOwnToo() {
        jdbc.withUserConfiguration(OwnManager.class).run(context -> {
            assertThat(context).hasSingleBean(PlatformTransactionManager.class);
            Throwable thrown = failureOfTheNextCall(context, () -> execute(context, "select 1"));
            assertIsEndedByItsTimeout(thrown);
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnManager {
        @Bean
        PlatformTransactionManager own(DataSource dataSource) {
            return new DataSourceTransactionManager(dataSource);
        }
    }

    /** Hibernate borrows while the transaction begins, or only when it has something to say. */
    @ParameterizedTest
    @ValueSource(strings = {"immediate", "delayed"})
    void whenHibernateBorrowsMakesNoDifference(String acquisition) {
        boolean delayed = acquisition.equals("delayed");
        AtomicInteger borrowedAtOnce = new AtomicInteger();
        jpa.withPropertyValues(
                        "spring.datasource.hikari.auto-commit=" + !delayed,
                        "spring.jpa.properties.hibernate.connection.provider_disables_autocommit=" + delayed)
                .run(context -> {
                    assertThat(context).hasSingleBean(JpaTransactionManager.class);
                    EntityManagerFactory factory = context.getBean(EntityManagerFactory.class);
                    Throwable thrown = failureOfTheNextCall(
                            context,
                            () -> {
                                borrowedAtOnce.set(control(context).openLeaseCount());
                                entities(factory).createNativeQuery("select 1").getSingleResult();
                            },
                            sql -> () -> work(entities(factory), sql));
                    assertThat(borrowedAtOnce).hasValue(delayed ? 0 : 1);
                    assertIsEndedByItsTimeout(thrown);
                });
    }

    private static EntityManager entities(EntityManagerFactory factory) {
        return Objects.requireNonNull(EntityManagerFactoryUtils.getTransactionalEntityManager(factory));
    }

    /** Past Hibernate, which has a timeout of its own for queries. */
    private static void work(EntityManager entities, String sql) {
        entities.unwrap(Session.class).doWork(connection -> execute(connection, sql));
    }

    @Test
    void aTransactionWithinItsTimeoutIsNot() {
        jdbc.run(context -> {
            inTransaction(context, 30, all -> execute(context, LONG_WORK));
            assertThat(ended(context)).isZero();
        });
    }

    /** Limits that could cut existing work are off until one is set. */
    @Test
    void aPoolWithoutAnyLimitOfSessionsEnforcesNothing() {
        unlimited.run(context -> {
            assertThat(control(context).config().listeners()).isEmpty();
            inTransaction(context, 1, all -> execute(context, LONG_WORK));
            assertThat(ended(context)).isZero();
        });
    }

    /** They count more than the configuration, wherever that is from. */
    @Test
    void aLimitAmongThePropertiesOfTheDriverIsEnough() {
        unlimited
                .withPropertyValues(
                        "spring.datasource.hikari.data-source-properties.penstock.session.transactionTimeout=0s",
                        "spring.datasource.hikari.data-source-properties.penstock.session.grace=100ms")
                .run(context ->
                        assertIsEndedByItsTimeout(failureOfTheNextCall(context, () -> execute(context, "select 1"))));
    }

    @Test
    void theSettingsSayWhoListens() {
        jdbc.run(context -> assertThat(control(context).config().originOf("penstock.listeners"))
                .isEqualTo("transaction timeouts"));
    }

    // ---- whom it does not concern ---------------------------------------------------------------

    @Test
    void whoeverHasTheConnectionNextIsHeldToTheUsualLimits() {
        jdbc.withPropertyValues("spring.datasource.hikari.maximum-pool-size=1").run(context -> {
            inTransaction(context, ENOUGH, all -> execute(context, "select 1"));
            inTransaction(context, -1, all -> execute(context, LONGER_WORK));
            assertThat(ended(context)).isZero();
        });
    }

    /** Hibernate can be told to hold it for as long as there is an EntityManager. */
    @Test
    void whoeverKeepsTheConnectionIsHeldToTheUsualLimitsOnceTheTransactionIsOver() {
        jpa.withPropertyValues(
                        "spring.jpa.properties.hibernate.connection.handling_mode=DELAYED_ACQUISITION_AND_HOLD",
                        "spring.datasource.hikari.maximum-pool-size=1")
                .run(context -> {
                    EntityManagerFactory factory = context.getBean(EntityManagerFactory.class);
                    try (EntityManager entities = factory.createEntityManager()) {
                        TransactionSynchronizationManager.bindResource(factory, new EntityManagerHolder(entities));
                        inTransaction(
                                context,
                                ENOUGH,
                                all -> entities.createNativeQuery("select 1").getSingleResult());
                        assertThat(control(context).openLeaseCount()).isEqualTo(1);
                        entities.getTransaction().begin();
                        work(entities, LONGER_WORK);
                        entities.getTransaction().commit();
                    } finally {
                        TransactionSynchronizationManager.unbindResource(factory);
                    }
                    assertThat(ended(context)).isZero();
                });
    }

    @Test
    void aTransactionInsideWithAConnectionOfItsOwnHasALimitOfItsOwn() {
        jdbc.run(context -> {
            int another = TransactionDefinition.PROPAGATION_REQUIRES_NEW;
            Throwable thrown = failureOfTheNextCall(context, () -> {
                execute(context, "select 1"); // and keeps its limit while it is suspended
                transaction(context, -1, another).executeWithoutResult(inner -> execute(context, LONG_WORK));
            });
            assertIsEndedByItsTimeout(thrown);
        });
    }

    @Test
    void theLimitOfATransactionInsideEndsWithItAndNotTheOuterOne() {
        jdbc.run(context -> {
            int another = TransactionDefinition.PROPAGATION_REQUIRES_NEW;
            inTransaction(context, 30, all -> {
                transaction(context, ENOUGH, another).executeWithoutResult(inner -> execute(context, "select 1"));
                execute(context, LONGER_WORK);
            });
            assertThat(ended(context)).isZero();
        });
    }

    @Test
    void aSavepointChangesNothing() {
        jdbc.run(context -> {
            int savepoint = TransactionDefinition.PROPAGATION_NESTED;
            Throwable thrown = failureOfTheNextCall(context, () -> {
                execute(context, "select 1");
                transaction(context, -1, savepoint).executeWithoutResult(inner -> execute(context, "select 1"));
            });
            assertIsEndedByItsTimeout(thrown);
        });
    }
}
