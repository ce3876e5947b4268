package dev.penstock.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.penstock.BreakerMode;
import dev.penstock.BreakerState;
import dev.penstock.ConnectFailedException;
import dev.penstock.LeaseVerdict;
import dev.penstock.PenstockConfig;
import dev.penstock.PenstockConnector;
import dev.penstock.PenstockDataSource;
import dev.penstock.PenstockMXBean;
import dev.penstock.PoolControl;
import dev.penstock.ReclaimPolicy;
import dev.penstock.StubPool;
import dev.penstock.budget.Plan;
import dev.penstock.budget.ServerLimits;
import dev.penstock.budget.Service;
import dev.penstock.lab.Await;
import dev.penstock.lab.fault.Loopback;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.core.IntervalFunction;
import java.lang.management.ManagementFactory;
import java.net.URL;
import java.net.URLClassLoader;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.management.JMX;
import javax.management.MBeanInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.Driver;
import org.slf4j.Logger;

/** What JMX sees of a connector, and what it may do. */
class JmxTest {
    private static final String URL =
            "jdbc:postgresql://127.0.0.1:" + Loopback.freePort() + "/app?user=app&password=s3cret-word&sslmode=disable";

    private static final Duration SOON = Duration.ofSeconds(20);

    private final List<Connection> held = new CopyOnWriteArrayList<>();
    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

    @AfterEach
    void nothingIsLeft() throws Exception {
        assertThat(server.queryNames(new ObjectName("dev.penstock:*"), null)).isEmpty();
    }

    private static PenstockConnector.Builder named(String name, boolean writes) {
        return PenstockConnector.builder(URL)
                .name(name)
                .config(PenstockConfig.builder()
                        .breaker(b -> b.mode(BreakerMode.ON).failures(1))
                        .jmx(j -> j.enabled(true).writes(writes))
                        .build());
    }

    private PenstockMXBean bean(String name) throws Exception {
        return JMX.newMXBeanProxy(server, new ObjectName("dev.penstock:type=Pool,name=" + name), PenstockMXBean.class);
    }

    @Test
    void unlessSomebodyWantsItNothingIsRegistered() throws Exception {
        try (PenstockConnector connector = PenstockConnector.builder(URL).build()) {
            assertThat(connector.config().jmx().enabled()).isNull();
            assertThat(server.queryNames(new ObjectName("dev.penstock:*"), null))
                    .isEmpty();
        }
    }

    @Test
    void norWhilePenstockIsOffOrThePoolManagesItself() throws Exception {
        PenstockConfig off = PenstockConfig.builder()
                .enabled(false)
                .jmx(j -> j.enabled(true))
                .build();
        try (PenstockConnector plain =
                        PenstockConnector.builder(URL).config(off).build();
                PenstockConnector below = named("orders", false).managedByPool().build()) {
            assertThat(plain.name()).isNotEqualTo(below.name());
            assertThat(server.queryNames(new ObjectName("dev.penstock:*"), null))
                    .isEmpty();
        }
    }

    @Test
    void anOutageIsTold() throws Exception {
        try (PenstockConnector connector = named("orders", false).build()) {
            PenstockMXBean bean = bean("orders");
            assertThat(bean.getName()).isEqualTo("orders");
            assertThat(bean.getBreakerState()).isEqualTo(BreakerState.CLOSED);
            assertThat(bean.getOutageSince()).isNull();
            assertThat(bean.getOutageMillis()).isZero();
            assertThat(bean.getNextProbeMillis()).isEqualTo(-1);
            assertThat(bean.getLastFailure()).isNull();

            assertThatThrownBy(connector::getConnection).isInstanceOf(ConnectFailedException.class);

            assertThat(bean.getBreakerState()).isEqualTo(BreakerState.OPEN);
            assertThat(Instant.parse(bean.getOutageSince())).isBeforeOrEqualTo(Instant.now());
            assertThat(bean.getNextProbeMillis()).isBetween(0L, 1000L);
            assertThat(bean.getOutageFailedProbes()).isZero();
            assertThat(bean.getLastFailure()).contains("127.0.0.1", "TCP");
            assertThat(bean.addresses()).matches("127.0.0.1:\\d+ at 127.0.0.1:\\d+: FAILED \\d+ s ago, penalty 1.0");
        }
    }

    /** Of the driver's properties nothing, and objects by name only. */
    @Test
    void noAttributeTellsASecret() throws Exception {
        try (PenstockConnector connector = named("orders", false).build()) {
            assertThatThrownBy(connector::getConnection).isInstanceOf(ConnectFailedException.class);
            ObjectName name = new ObjectName("dev.penstock:type=Pool,name=orders");
            MBeanInfo info = server.getMBeanInfo(name);
            assertThat(info.getAttributes()).hasSizeGreaterThan(20);
            for (var attribute : info.getAttributes()) {
                assertThat(attribute.isWritable()).as(attribute.getName()).isFalse();
                assertThat(String.valueOf(server.getAttribute(name, attribute.getName())))
                        .doesNotContain("s3cret-word");
            }
            assertThat(bean("orders").getSettings())
                    .containsEntry("penstock.breaker.mode", "on")
                    .containsEntry("penstock.jmx.writes", "false");
        }
    }

    @Test
    void aGateThatIsMadeLaterIsSeen() throws Exception {
        try (PenstockConnector connector = named("orders", true).build()) {
            PenstockMXBean bean = bean("orders");
            assertThat(bean.getMaximumPoolSize()).isEqualTo(-1);
            assertThatThrownBy(bean::suspend).isInstanceOf(UnsupportedOperationException.class);

            PenstockDataSource guarded =
                    PenstockDataSource.guard(connector, PoolControl.unknown(Duration.ofSeconds(1)), connector);
            bean.suspend();

            assertThat(guarded.control().isSuspended()).isTrue();
            assertThat(bean.isSuspended()).isTrue();
            bean.resume();
            assertThat(bean.isSuspended()).isFalse();
            assertThat(bean.getWaitingInGate()).isZero();
            assertThat(bean.getGateRefused()).isZero();
            assertThat(bean.getGateTimedOut()).isZero();
        }
    }

    @Test
    void leasesAreTold() throws Exception {
        try (PenstockConnector connector = named("orders", false).build()) {
            PenstockMXBean bean = bean("orders");
            assertThat(bean.openLeases()).startsWith("leases are not watched");
            PenstockDataSource guarded = PenstockDataSource.guard(
                    ForeignPool.create(), PoolControl.unknown(Duration.ofSeconds(1)), connector);
            assertThat(bean.openLeases()).isEqualTo("no connection is on loan");
            assertThat(bean.callSites()).isEqualTo("the stack of no borrow has been captured yet");

            Connection connection = guarded.getConnection();
            assertThat(bean.getOpenLeaseCount()).isEqualTo(1);
            Await.until("it is a millisecond old", SOON, () -> bean.getOldestLeaseMillis() > 0);
            assertThat(bean.openLeases())
                    .contains("on loan for", "'" + Thread.currentThread().getName() + "'")
                    .contains("JmxTest.leasesAreTold");
            assertThat(bean.callSites()).contains("JmxTest.leasesAreTold", "1 open now");

            connection.close();
            assertThat(bean.getOpenLeaseCount()).isZero();
            assertThat(bean.getOldestLeaseMillis()).isZero();
            guarded.gate().close();
        }
    }

    @Test
    void suspicionsAreCountedByVerdict() throws Exception {
        PenstockConfig config = PenstockConfig.builder()
                .jmx(j -> j.enabled(true))
                // by its age: where nothing is seen of a session, a dead owner proves too little to take it away
                .leases(l -> l.suspectAfter(Duration.ofMillis(100)).reclaim(ReclaimPolicy.after(Duration.ofSeconds(2))))
                .build();
        try (PenstockConnector connector =
                PenstockConnector.builder(URL).name("orders").config(config).build()) {
            PenstockDataSource guarded = PenstockDataSource.guard(
                    ForeignPool.create(), PoolControl.unknown(Duration.ofSeconds(1)), connector);
            PenstockMXBean bean = bean("orders");
            assertThat(bean.getSuspectedLeases())
                    .hasSize(LeaseVerdict.values().length)
                    .containsEntry("LONG_HOLD", 0L);

            Thread leaky = new Thread(() -> borrow(guarded));
            leaky.start();
            leaky.join();
            Await.until("it is taken back", SOON, () -> bean.getReclaimedLeases() == 1);

            assertThat(bean.getSuspectedLeases()).containsEntry("LEAKED_OWNER_DEAD", 1L);
            assertThat(bean.getFalseLeaseAlarms()).isZero();
            guarded.gate().close();
        }
    }

    private Connection borrow(PenstockDataSource pool) {
        try {
            Connection connection = pool.getConnection();
            held.add(connection); // reachable: it is to be the thread that gives it away
            return connection;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void nothingIsChangedWithoutConsent() throws Exception {
        try (PenstockConnector connector = named("orders", false).build()) {
            PenstockMXBean bean = bean("orders");
            assertThat(bean.isWritesAllowed()).isFalse();
            for (Runnable operation : new Runnable[] {
                bean::forceBreakerOpen,
                bean::forceBreakerClosed,
                bean::resetBreaker,
                bean::suspend,
                bean::resume,
                () -> bean.resize(3),
                bean::evictAll
            }) {
                UnsupportedOperationException refusal =
                        catchThrowableOfType(UnsupportedOperationException.class, operation::run);
                assertThat(refusal.getMessage())
                        .startsWith("penstock.jmx.writes must be true for ")
                        .endsWith(", but was false");
            }
            assertThat(connector.control().breakerState()).isEqualTo(BreakerState.CLOSED);
        }
    }

    @Test
    void theConnectTestNeedsNoConsent() throws Exception {
        try (PenstockConnector connector = named("orders", false).build()) {
            PenstockMXBean bean = bean("orders");
            assertThat(bean.testConnect(5_000))
                    .startsWith("penstock 'orders': connect test of")
                    .contains("127.0.0.1", "UNREACHABLE")
                    .doesNotContain("s3cret-word");
            assertThat(bean.addresses()).as("the test leaves no trace").isEqualTo("no address has been tried yet");
            assertThatThrownBy(() -> bean.testConnect(60_001))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("limitMillis must be between 1 and 60000, but was 60001");
            assertThat(connector.control().breakerState()).isEqualTo(BreakerState.CLOSED);
        }
    }

    /** As what a client without our classes can read. */
    @Test
    void noPoolGrowsBeyondThePlan() throws Exception {
        Plan plan = Plan.of(ServerLimits.of(100)).and(Service.of("checkout", 5, 10));
        PenstockConfig config = PenstockConfig.builder()
                .jmx(j -> j.enabled(true).writes(true))
                .budget(b -> b.plan(plan))
                .build();
        try (PenstockConnector connector =
                PenstockConnector.builder(URL).name("orders").config(config).build()) {
            assertThat(connector.gate(new StubPool()).control().name()).isEqualTo("orders");
            assertThatThrownBy(() -> bean("orders").resize(50))
                    .isExactlyInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("not resized from 10 to 50");
        }
    }

    @Test
    void withConsentItIs() throws Exception {
        try (PenstockConnector connector = named("orders", true).build()) {
            PenstockMXBean bean = bean("orders");
            bean.forceBreakerOpen();
            assertThat(connector.control().breakerState()).isEqualTo(BreakerState.FORCED_OPEN);
            assertThat(bean.getNextProbeMillis()).isEqualTo(-1);
            bean.forceBreakerClosed();
            assertThat(connector.control().breakerState()).isEqualTo(BreakerState.FORCED_CLOSED);
            bean.resetBreaker();
            assertThat(connector.control().breakerState()).isEqualTo(BreakerState.CLOSED);
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "orders pool-1 | orders pool-1",
                "a,b=c:d | \"a,b=c:d\"",
                "what? all* | \"what\\? all\\*\"",
                "\"quoted\" | \"\\\"quoted\\\"\"",
            })
    void aNameIsQuotedWhereItMustBe(String name, String inJmx) throws Exception {
        PenstockConnector connector = named(name, false).build();
        try (connector) {
            assertThat(server.isRegistered(new ObjectName("dev.penstock:type=Pool,name=" + inJmx)))
                    .isTrue();
        }
        assertThat(server.isRegistered(new ObjectName("dev.penstock:type=Pool,name=" + inJmx)))
                .isFalse();
    }

    @Test
    void theSecondOfTheSameNameIsAWarningAndTheFirstStays() throws Exception {
        try (PenstockConnector first = named("orders", false).build();
                LogRecorder log = LogRecorder.ofPenstock()) {
            named("orders", false).build().close();

            assertThat(log.lines())
                    .filteredOn(line -> line.startsWith("WARN"))
                    .singleElement()
                    .asString()
                    .contains("'orders'", "another name", "penstock.jmx.enabled=false");
            assertThat(bean("orders").getName()).isEqualTo(first.name());
        }
    }

    /** Two web applications in one JVM, each with its own Penstock. */
    @Test
    void twoClassLoadersMayBothRegister() throws Exception {
        URL[] jars = {
            jarOf(PenstockConnector.class),
            jarOf(CircuitBreaker.class),
            jarOf(IntervalFunction.class),
            jarOf(Logger.class),
            jarOf(NullMarked.class),
            jarOf(Driver.class)
        };
        ClassLoader platform = ClassLoader.getPlatformClassLoader();
        try (URLClassLoader one = new URLClassLoader(jars, platform);
                URLClassLoader two = new URLClassLoader(jars, platform);
                AutoCloseable ofOne = connectorOf(one, "orders");
                AutoCloseable ofTwo = connectorOf(two, "bills")) {
            assertThat(ofOne.getClass()).isNotEqualTo(ofTwo.getClass());
            connectorOf(two, "orders").close(); // clashes with that of the other loader

            for (String name : new String[] {"orders", "bills"}) {
                assertThat(bean(name).getName()).isEqualTo(name);
                assertThat(bean(name).getBreakerState()).isEqualTo(BreakerState.CLOSED);
            }
        }
    }

    private static AutoCloseable connectorOf(ClassLoader loader, String name) throws ReflectiveOperationException {
        Class<?> type = loader.loadClass(PenstockConnector.class.getName());
        Object builder = type.getMethod("builder", String.class).invoke(null, URL + "&penstock.jmx.enabled=true");
        builder.getClass().getMethod("name", String.class).invoke(builder, name);
        return (AutoCloseable) builder.getClass().getMethod("build").invoke(builder);
    }

    private static URL jarOf(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }
}
