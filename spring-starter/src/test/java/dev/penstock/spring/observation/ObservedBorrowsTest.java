package dev.penstock.spring.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.penstock.hikari.PenstockHikariDataSource;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.spring.PenstockAutoConfiguration;
import dev.penstock.spring.PenstockPools;
import dev.penstock.spring.docs.ObservingPage;
import dev.penstock.spring.metrics.Contexts;
import dev.penstock.spring.pools.HikariMaker;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

@WithPostgres
@Tag("once") // it takes its time, and shows the same on every JDK
class ObservedBorrowsTest {
    private static final String ON = "penstock.observation.enabled=true";

    /** Keeps what was observed. */
    static final class Seen implements ObservationHandler<AcquireContext> {
        final List<String> borrows = new CopyOnWriteArrayList<>();
        final List<Throwable> errors = new CopyOnWriteArrayList<>();

        @Override
        public void onError(AcquireContext context) {
            errors.add(context.getError());
        }

        @Override
        public void onStop(AcquireContext context) {
            borrows.add(context.getName()
                    + context.getLowCardinalityKeyValues().stream()
                            .map(key -> " " + key.getKey() + "=" + key.getValue())
                            .reduce("", String::concat));
        }

        @Override
        public boolean supportsContext(Observation.Context context) {
            return context instanceof AcquireContext;
        }
    }

    private static ApplicationContextRunner observed(PostgresServer postgres) {
        return Contexts.on(postgres).withBean(Seen.class).withPropertyValues(ON);
    }

    @Test
    void aBorrowIsAnObservation(PostgresServer postgres) {
        observed(postgres).run(context -> {
            context.getBean(DataSource.class).getConnection().close();

            Seen seen = context.getBean(Seen.class);
            assertThat(seen.borrows).containsExactly("penstock.connection.acquire outcome=acquired pool=orders");
            assertThat(seen.errors).isEmpty();
            assertThat(context.getBean(MeterRegistry.class)
                            .get("penstock.connection.acquire")
                            .tag("pool", "orders")
                            .tag("outcome", "acquired")
                            .timer()
                            .count())
                    .isEqualTo(1);
        });
    }

    @Test
    void soIsABorrowOnTermsOfItsOwn(PostgresServer postgres) {
        observed(postgres).run(context -> {
            var pool = context.getBean(PenstockHikariDataSource.class);

            pool.expectingHold(Duration.ofMinutes(10)).getConnection().close();

            assertThat(context.getBean(Seen.class).borrows)
                    .containsExactly("penstock.connection.acquire outcome=acquired pool=orders");
        });
    }

    /** Else every lease would be the observer's, and its borrower never in the method that borrowed. */
    @Test
    void aLeaseIsStillTheApplications(PostgresServer postgres) {
        observed(postgres)
                .withPropertyValues("spring.datasource.hikari.maximum-pool-size=2")
                .run(context -> {
                    var pool = context.getBean(PenstockHikariDataSource.class);

                    try (Connection lent = pool.getConnection();
                            Connection own =
                                    pool.expectingHold(Duration.ofMinutes(10)).getConnection()) {
                        assertThat(lent).isNotSameAs(own);
                        assertThat(pool.control().openLeases())
                                .hasSize(2)
                                .allSatisfy(lease -> assertThat(lease.borrowStack())
                                        .first()
                                        .extracting(StackTraceElement::getClassName)
                                        .asString()
                                        .startsWith(ObservedBorrowsTest.class.getName()));
                    }
                });
    }

    @Test
    void aPoolThatIsBusyIsAnErrorOfItsOwnKind(PostgresServer postgres) {
        observed(postgres)
                .withPropertyValues("spring.datasource.hikari.connection-timeout=250")
                .run(context -> {
                    DataSource pool = context.getBean(DataSource.class);
                    try (Connection held = pool.getConnection()) {
                        Throwable thrown = catchThrowable(pool::getConnection);

                        Seen seen = context.getBean(Seen.class);
                        assertThat(seen.borrows)
                                .element(1)
                                .isEqualTo("penstock.connection.acquire outcome=timed_out pool=orders");
                        assertThat(seen.errors).containsExactly(thrown);
                        assertThat(held.isClosed()).isFalse();
                    }
                });
    }

    @Test
    void aPoolThatIsSuspendedIsUnavailable(PostgresServer postgres) {
        observed(postgres)
                .withPropertyValues("spring.datasource.hikari.connection-timeout=250")
                .run(context -> {
                    DataSource pool = context.getBean(DataSource.class);
                    pool.getConnection().close();
                    context.getBean(PenstockPools.class)
                            .require("dataSource")
                            .control()
                            .suspend();

                    Throwable thrown = catchThrowable(pool::getConnection);

                    assertThat(thrown).isInstanceOf(SQLException.class);
                    assertThat(context.getBean(Seen.class).borrows)
                            .element(1)
                            .isEqualTo("penstock.connection.acquire outcome=unavailable pool=orders");
                });
    }

    @Test
    void aClosedPoolHasFailed(PostgresServer postgres) {
        observed(postgres).run(context -> {
            PenstockHikariDataSource pool = context.getBean(PenstockHikariDataSource.class);
            pool.getConnection().close();
            pool.close();

            Throwable thrown = catchThrowable(pool::getConnection);

            assertThat(thrown).isInstanceOf(SQLException.class);
            assertThat(context.getBean(Seen.class).borrows)
                    .element(1)
                    .isEqualTo("penstock.connection.acquire outcome=failed pool=orders");
        });
    }

    @Test
    void theApplicationMayCallItAsItLikes(PostgresServer postgres) {
        AcquireConvention own = new AcquireConvention() {
            @Override
            public String getName() {
                return "jdbc.borrow";
            }

            @Override
            public KeyValues getLowCardinalityKeyValues(AcquireContext context) {
                return KeyValues.of(KeyValue.of("db", context.pool()));
            }
        };
        observed(postgres).withBean(AcquireConvention.class, () -> own).run(context -> {
            context.getBean(DataSource.class).getConnection().close();

            assertThat(context.getBean(Seen.class).borrows).containsExactly("jdbc.borrow db=orders");
        });
    }

    // ---- conditions -----------------------------------------------------------------------------

    @Test
    void withoutTheSwitchBorrowsAreNotEvenLookedAt(PostgresServer postgres) {
        Contexts.on(postgres).withBean(Seen.class).run(context -> {
            assertThat(context).doesNotHaveBean(HikariMaker.class).doesNotHaveBean(Borrows.class);
            assertThat(context.getBean(DataSource.class)).hasSameClassAs(new PenstockHikariDataSource());
        });
    }

    @Test
    void withoutARegistryOfObservationsABorrowIsABorrow(PostgresServer postgres) {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        PenstockAutoConfiguration.class,
                        PenstockObservationAutoConfiguration.class,
                        DataSourceAutoConfiguration.class))
                .withPropertyValues(
                        ON,
                        "spring.datasource.url=" + postgres.jdbcUrl(),
                        "spring.datasource.username=" + postgres.user(),
                        "spring.datasource.password=" + postgres.password())
                .run(context -> {
                    assertThat(context).doesNotHaveBean(ObservationRegistry.class);
                    assertThat(context.getBean(DataSource.class)).isInstanceOf(ObservedHikariDataSource.class);
                    context.getBean(DataSource.class).getConnection().close();
                });
    }

    @Test
    void withoutMicrometerTheSwitchDoesNothing(PostgresServer postgres) {
        Contexts.withoutRegistry(postgres)
                .withPropertyValues(ON)
                .withClassLoader(new FilteredClassLoader("io.micrometer"))
                .run(context -> {
                    context.getBean(DataSource.class).getConnection().close();
                    assertThat(context).doesNotHaveBean(HikariMaker.class);
                });
    }

    @Test
    void whoMakesHisPoolsHimselfIsNotDisturbed(PostgresServer postgres) {
        HikariMaker own = PenstockHikariDataSource::new;
        observed(postgres)
                .withBean(HikariMaker.class, () -> own)
                .run(context ->
                        assertThat(context.getBean(DataSource.class)).isNotInstanceOf(ObservedHikariDataSource.class));
    }

    // ---- documentation --------------------------------------------------------------------------

    @Test
    void theDocumentationHasNameKeysAndOutcomes() throws IOException {
        String section = ObservingPage.section("Observation");

        assertThat(section).contains("`" + PenstockObservation.ACQUIRE.getName() + "`");
        for (KeyName key : PenstockObservation.ACQUIRE.getLowCardinalityKeyNames()) {
            assertThat(section).contains("`" + key.asString() + "`");
        }
        for (Outcome outcome : Outcome.values()) {
            assertThat(section).contains("`" + outcome.label() + "`");
        }
    }
}
