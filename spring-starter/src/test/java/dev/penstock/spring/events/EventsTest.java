package dev.penstock.spring.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.penstock.PenstockControl;
import dev.penstock.PenstockListener;
import dev.penstock.PenstockListener.BreakerClosed;
import dev.penstock.PenstockListener.BreakerOpened;
import dev.penstock.PenstockListener.BudgetChecked;
import dev.penstock.budget.Plan;
import dev.penstock.budget.ServerLimits;
import dev.penstock.budget.Service;
import dev.penstock.lab.Await;
import dev.penstock.lab.junit.NoLeftovers;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.spring.PenstockConfigCustomizer;
import dev.penstock.spring.PenstockPools;
import dev.penstock.spring.docs.ObservingPage;
import dev.penstock.spring.metrics.Contexts;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.EventListener;

@WithPostgres
@NoLeftovers
@ExtendWith(OutputCaptureExtension.class)
class EventsTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    static final class Heard {
        final List<BreakerOpened> opened = new CopyOnWriteArrayList<>();
        final List<String> threads = new CopyOnWriteArrayList<>();

        @EventListener
        void on(BreakerOpened event) {
            threads.add(Thread.currentThread().getName());
            opened.add(event);
        }
    }

    /** It cannot be made before the DataSource is. */
    static final class NeedsDataSource implements PenstockListener {
        final List<String> told = new CopyOnWriteArrayList<>();

        NeedsDataSource(DataSource dataSource) {
            told.add("made after " + dataSource.getClass().getSimpleName());
        }

        @Override
        public void breakerOpened(BreakerOpened event) {
            told.add(Thread.currentThread().getName());
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnListener {
        @Bean
        NeedsDataSource ownListener(DataSource dataSource) {
            return new NeedsDataSource(dataSource);
        }
    }

    private static void openBreaker(ApplicationContext context) {
        openBreaker(context, "dataSource");
    }

    private static void openBreaker(ApplicationContext context, String bean) {
        context.getBean(PenstockPools.class).require(bean).control().forceBreakerOpen();
    }

    private static void openBreakerOfALatePool(AssertableApplicationContext context, PostgresServer postgres) {
        Contexts.defineLatePool(context, postgres);
        context.getBean("late", DataSource.class);
        openBreaker(context, "late");
    }

    private static void openAndReset(ApplicationContext context) {
        openBreaker(context);
        context.getBean(PenstockPools.class).require("dataSource").control().resetBreaker();
    }

    private static void awaitOpened(Heard heard, int times) {
        Await.until("event", SOON, () -> heard.opened.size() >= times);
    }

    // ---- the application's events ---------------------------------------------------------------

    @Test
    void anEventListenerIsToldOnAThreadOfItsOwn(PostgresServer postgres) {
        Contexts.on(postgres).withBean(Heard.class).run(context -> {
            Heard heard = context.getBean(Heard.class);

            openBreaker(context);

            awaitOpened(heard, 1);
            assertThat(heard.opened.get(0).connector()).isEqualTo("orders");
            assertThat(heard.threads.get(0)).startsWith("penstock-events-");
        });
    }

    @Test
    void soManyOfAKindPerMinuteAndTheRestIsCountedInTheLog(PostgresServer postgres, CapturedOutput output) {
        Contexts.on(postgres)
                .withBean(Heard.class)
                .withPropertyValues("penstock.events.per-minute=2")
                .run(context -> {
                    PoolEvents events = context.getBean(EventPublisher.class).eventsOf("orders");
                    for (int i = 0; i < 5; i++) {
                        events.breakerOpened(new BreakerOpened("orders", null, null));
                    }

                    awaitOpened(context.getBean(Heard.class), 2);
                    assertThat(output)
                            .contains(
                                    "penstock: events that were not published since this was last said: 1; there were more than 2 of");
                });
        assertThat(output)
                .contains("since this was last said: 2; there were more than 2 of"); // with the end: the other two of
        // three
    }

    @Test
    void aLateListenerIsToldOfTheCheckOfTheBudgetOnce(PostgresServer postgres) {
        List<BudgetChecked> heard = new CopyOnWriteArrayList<>();
        Contexts.on(postgres)
                .withBean(CheckHeard.class, () -> new CheckHeard(heard))
                .withBean(
                        PenstockConfigCustomizer.class,
                        () -> (bean, config) -> config.budget(budget ->
                                budget.plan(Plan.of(ServerLimits.of(100)).and(Service.of("shop", 1, 1)))))
                .run(context -> {
                    PenstockControl control = context.getBean(PenstockPools.class)
                            .require("dataSource")
                            .control();
                    context.getBean(DataSource.class).getConnection().close();
                    Await.until("check", SOON, () -> control.budget().isPresent() && heard.size() == 1);

                    context.getBean(EventPublisher.class).listenTo(control);

                    Await.until("the same for who comes late", SOON, () -> heard.size() == 2);
                });
    }

    record CheckHeard(List<BudgetChecked> heard) {
        @EventListener
        void on(BudgetChecked event) {
            heard.add(event);
        }
    }

    @Test
    void aListenerThatThrowsIsInTheLogAndIsToldAgain(PostgresServer postgres, CapturedOutput output) {
        Contexts.on(postgres).withBean(Throwing.class).run(context -> {
            openAndReset(context);
            openAndReset(context);

            Await.until(
                    "second call",
                    SOON,
                    () -> context.getBean(Throwing.class).calls.size() == 2);
        });
        assertThat(output).contains("publishing BreakerOpened to the application failed", "on purpose");
    }

    static final class Throwing {
        final List<BreakerOpened> calls = new CopyOnWriteArrayList<>();

        @EventListener
        void on(BreakerOpened event) {
            calls.add(event);
            throw new IllegalStateException("on purpose");
        }
    }

    /** Whatever is told is told by then. */
    private static void awaitEndOfEvents() {
        Await.until(
                "end of the thread of the events",
                SOON,
                () -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("penstock-events")));
    }

    @Test
    void aClosedContextIsToldNothing(PostgresServer postgres, CapturedOutput output) {
        Heard heard = new Heard();
        Contexts.on(postgres).withBean(Heard.class, () -> heard).run(context -> {
            PoolEvents events = context.getBean(EventPublisher.class).eventsOf("orders");
            context.getSourceApplicationContext().close();

            events.breakerOpened(new BreakerOpened("orders", null, null));
            awaitEndOfEvents();
        });
        assertThat(heard.opened).isEmpty();
        assertThat(output).doesNotContain("publishing BreakerOpened"); // nor refused by Spring
    }

    @Test
    void whatWaitsAtTheEndIsNotTold(PostgresServer postgres, CapturedOutput output) {
        Hanging hanging = new Hanging();
        Contexts.on(postgres).withBean(Hanging.class, () -> hanging).run(context -> {
            PoolEvents events = context.getBean(EventPublisher.class).eventsOf("orders");
            events.breakerOpened(new BreakerOpened("orders", null, null));
            Await.until("first event", SOON, () -> hanging.calls.size() == 1);
            events.breakerOpened(new BreakerOpened("orders", null, null)); // waits when this returns
            context.getSourceApplicationContext().close();
            hanging.release.countDown();
            awaitEndOfEvents();
        });
        assertThat(hanging.calls).hasSize(1);
        assertThat(output).doesNotContain("publishing BreakerOpened");
    }

    /** Holds the thread of the events. */
    static final class Hanging {
        final List<BreakerOpened> calls = new CopyOnWriteArrayList<>();
        final CountDownLatch release = new CountDownLatch(1);

        @EventListener
        void on(BreakerOpened event) throws InterruptedException {
            calls.add(event);
            release.await();
        }
    }

    @Test
    void aListenerThatHangsHoldsNobodyUp(PostgresServer postgres, CapturedOutput output) {
        Hanging hanging = new Hanging();
        Contexts.on(postgres)
                .withBean(Hanging.class, () -> hanging)
                .withPropertyValues("penstock.events.per-minute=6000")
                .run(context -> {
                    PoolEvents events = context.getBean(EventPublisher.class).eventsOf("orders");
                    for (int i = 0; i < Mailbox.CAPACITY + 2; i++) {
                        events.breakerOpened(new BreakerOpened("orders", null, null)); // returns at once
                    }

                    assertThat(output).contains("an @EventListener is slow or hangs");
                    context.getSourceApplicationContext().close();
                    hanging.release.countDown();
                });
    }

    @Test
    void withoutEventsNoThreadIsStarted(PostgresServer postgres) throws Exception {
        Contexts.on(postgres).withBean(Heard.class).run(context -> {
            context.getBean(DataSource.class).getConnection().close();

            assertThat(Thread.getAllStackTraces().keySet())
                    .noneMatch(thread -> thread.getName().startsWith("penstock-events"));
        });
    }

    // ---- listeners that are beans ---------------------------------------------------------------

    @Test
    void aListenerThatIsABeanIsToldAtOnceAndMayNeedADataSource(PostgresServer postgres) {
        Contexts.on(postgres).withUserConfiguration(OwnListener.class).run(context -> {
            openBreaker(context);

            List<String> told = context.getBean(NeedsDataSource.class).told;
            Await.until("event", SOON, () -> told.size() == 2);
            assertThat(told.get(0)).isEqualTo("made after PenstockHikariDataSource");
            assertThat(told.get(1)).startsWith("penstock-connect-"); // where it happens
        });
    }

    @Test
    void aPoolThatComesLaterTellsTheSame(PostgresServer postgres) {
        Contexts.on(postgres)
                .withBean(Heard.class)
                .withUserConfiguration(OwnListener.class)
                .run(context -> {
                    openBreakerOfALatePool(context, postgres);

                    awaitOpened(context.getBean(Heard.class), 1);
                    assertThat(context.getBean(Heard.class).opened.get(0).connector())
                            .isEqualTo("late");
                    assertThat(context.getBean(NeedsDataSource.class).told).hasSize(2);
                });
    }

    /** It is made at the start then: when its DataSource is made it is too late. */
    @Test
    void aListenerMayNeedADataSourceThatIsLazy(PostgresServer postgres, CapturedOutput output) {
        Contexts.on(postgres)
                .withUserConfiguration(OwnListener.class)
                .withInitializer(
                        lazy -> lazy.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
                .run(context -> {
                    context.getBean(DataSource.class);
                    openBreaker(context);
                    List<String> told = context.getBean(NeedsDataSource.class).told;
                    Await.until("event", SOON, () -> told.size() == 2);

                    openBreakerOfALatePool(context, postgres);

                    Await.until("event of the other pool", SOON, () -> told.size() == 3);
                });
        assertThat(output).doesNotContain("making of listeners", "telling that it is there");
    }

    @Configuration(proxyBeanMethods = false)
    static class TwoPools {
        @Bean
        HikariDataSource dataSource(DataSourceProperties properties) {
            return pool("first", properties);
        }

        @Lazy
        @Bean
        HikariDataSource another(DataSourceProperties properties) {
            return pool("second", properties);
        }

        private static HikariDataSource pool(String name, DataSourceProperties properties) {
            HikariDataSource pool = properties
                    .initializeDataSourceBuilder()
                    .type(HikariDataSource.class)
                    .build();
            pool.setPoolName(name);
            return pool;
        }

        @Lazy
        @Bean
        NeedsDataSource ownListener(@Qualifier("another") DataSource another) {
            return new NeedsDataSource(another);
        }
    }

    @Test
    void aListenerMayMakeAnotherPool(PostgresServer postgres, CapturedOutput output) {
        Contexts.on(postgres).withUserConfiguration(TwoPools.class).run(context -> {
            List<String> told = context.getBean(NeedsDataSource.class).told;

            openBreaker(context);
            Await.until("event", SOON, () -> told.size() == 2);
            context.getBean(PenstockPools.class).require("another").control().forceBreakerOpen();
            Await.until("event of the other pool", SOON, () -> told.size() == 3);
        });
        assertThat(output).doesNotContain("making of listeners", "telling that it is there");
    }

    @Test
    void whoIsAddedByACustomizerTooIsToldOnce(PostgresServer postgres) {
        List<BreakerOpened> told = new CopyOnWriteArrayList<>();
        AtomicInteger closed = new AtomicInteger();
        PenstockListener listener = new PenstockListener() {
            @Override
            public void breakerOpened(BreakerOpened event) {
                told.add(event);
            }

            @Override
            public void breakerClosed(BreakerClosed event) {
                closed.incrementAndGet();
            }
        };
        Contexts.on(postgres)
                .withBean(PenstockListener.class, () -> listener)
                .withBean(PenstockConfigCustomizer.class, () -> (bean, config) -> config.listener(listener))
                .run(context -> {
                    openBreaker(context);
                    context.getBean(PenstockPools.class)
                            .require("dataSource")
                            .control()
                            .resetBreaker();

                    Await.until("end of the outage", SOON, () -> closed.get() > 0);
                    assertThat(told).hasSize(1);
                });
    }

    // ---- conditions -----------------------------------------------------------------------------

    @Test
    void switchedOffBeansAreToldStill(PostgresServer postgres) {
        Contexts.on(postgres)
                .withBean(Heard.class)
                .withUserConfiguration(OwnListener.class)
                .withPropertyValues("penstock.events.enabled=false")
                .run(context -> {
                    openBreaker(context);

                    assertThat(context).doesNotHaveBean(EventPublisher.class);
                    Await.until(
                            "event",
                            SOON,
                            () -> context.getBean(NeedsDataSource.class).told.size() == 2);
                    assertThat(context.getBean(Heard.class).opened).isEmpty();
                });
    }

    @Test
    void penstockSwitchedOffThereIsNothing(PostgresServer postgres) {
        Contexts.on(postgres)
                .withPropertyValues("penstock.enabled=false")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(PoolListeners.class)
                        .doesNotHaveBean(EventPublisher.class));
    }

    @Test
    void withoutMicrometerTooEventsArePublished(PostgresServer postgres) {
        Contexts.withoutRegistry(postgres)
                .withBean(Heard.class)
                .withClassLoader(new FilteredClassLoader("io.micrometer"))
                .run(context -> {
                    openBreaker(context);

                    awaitOpened(context.getBean(Heard.class), 1);
                });
    }

    // ---- documentation --------------------------------------------------------------------------

    @Test
    void theDocumentationHasEveryKind() throws IOException {
        assertThat(ObservingPage.rowsOfCode(ObservingPage.section("Events")).stream()
                        .map(row -> row.get(0)))
                .containsExactlyInAnyOrderElementsOf(Stream.of(PoolEvents.class.getDeclaredMethods())
                        .filter(method -> method.getParameterCount() == 1)
                        .map(method -> method.getParameterTypes()[0])
                        .filter(type -> type.getDeclaringClass() == PenstockListener.class)
                        .map(Class::getSimpleName)
                        .toList());
        assertThat(ObservingPage.section("Events")).contains("At most " + Mailbox.CAPACITY + " wait");
    }
}
