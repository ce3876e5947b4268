package dev.penstock.hikari;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import dev.penstock.BreakerMode;
import dev.penstock.PenstockConfig;
import dev.penstock.PenstockMXBean;
import dev.penstock.lab.fault.Loopback;
import dev.penstock.lab.junit.NoLeftovers;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.SQLException;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Beside HikariCP's own beans, when they are there, stands ours. */
@WithPostgres
@NoLeftovers
class JmxTest {
    private final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    private final PostgresServer server;

    JmxTest(PostgresServer server) {
        this.server = server;
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        assertThat(beans.queryNames(new ObjectName("dev.penstock:*"), null)).isEmpty();
    }

    private HikariConfig config(boolean registerMbeans) {
        HikariConfig config = Pools.config(server);
        config.setPoolName("orders");
        config.setRegisterMbeans(registerMbeans);
        return config;
    }

    private static PenstockConfig jmx(@Nullable Boolean enabled) {
        return PenstockConfig.builder()
                .breaker(b -> b.mode(BreakerMode.ON))
                .jmx(j -> j.enabled(enabled).writes(true))
                .build();
    }

    private static ObjectName name() throws Exception {
        return new ObjectName("dev.penstock:type=Pool,name=orders");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {"true, null, true", "false, null, false", "true, false, false", "false, true, true"})
    void itFollowsHikarisSettingUnlessItHasOneOfItsOwn(boolean registerMbeans, @Nullable Boolean own, boolean there)
            throws Exception {
        try (PenstockHikariDataSource pool = new PenstockHikariDataSource(config(registerMbeans), jmx(own))) {
            assertThat(beans.isRegistered(name())).isEqualTo(there);
            assertThat(pool.isRunning()).isTrue();
        }
        assertThat(beans.isRegistered(name())).isFalse();
    }

    @Test
    void itTellsThePoolsNumbersAndObeys() throws Exception {
        try (PenstockHikariDataSource pool = new PenstockHikariDataSource(config(false), jmx(true));
                Connection onLoan = pool.getConnection()) {
            PenstockMXBean bean = JMX.newMXBeanProxy(beans, name(), PenstockMXBean.class);
            assertThat(onLoan.isValid(5)).isTrue();
            assertThat(bean.getActiveConnections()).isEqualTo(1);
            assertThat(bean.getTotalConnections()).isEqualTo(bean.getIdleConnections() + 1);
            assertThat(bean.getWaitingInPool()).isZero();
            assertThat(bean.getMaximumPoolSize()).isEqualTo(2);

            bean.resize(3);
            assertThat(pool.getMaximumPoolSize()).isEqualTo(3);
            assertThatThrownBy(() -> bean.resize(0))
                    .isExactlyInstanceOf(IllegalArgumentException.class)
                    .hasMessage("maximumPoolSize must be 1 or more, but was 0");
            bean.evictAll();
            bean.suspend();
            assertThat(pool.control().isSuspended()).isTrue();
            bean.resume();
        }
    }

    @Test
    void aPoolWhoseStartFailsLeavesNone() {
        HikariConfig config = config(true);
        config.setJdbcUrl("jdbc:postgresql://127.0.0.1:" + Loopback.freePort() + "/app");

        assertThatThrownBy(() -> new PenstockHikariDataSource(config, jmx(true)))
                .hasMessageContaining("Failed to initialize pool");
    }

    @Test
    void aPoolThatIsNeverStartedHasNone() throws Exception {
        try (PenstockHikariDataSource pool = new PenstockHikariDataSource(jmx(true))) {
            config(true).copyStateTo(pool);
            assertThat(pool.control().name()).isEqualTo("orders");
            assertThat(beans.isRegistered(name())).isFalse();

            pool.getConnection().close();

            assertThat(beans.isRegistered(name())).isTrue();
        }
    }

    @Test
    void twoPoolsOfOneNameBothWork() throws SQLException {
        try (PenstockHikariDataSource first = new PenstockHikariDataSource(config(false), jmx(true));
                PenstockHikariDataSource second = new PenstockHikariDataSource(config(false), jmx(true))) {
            assertThat(Pools.ask(first, "select 1")).isEqualTo("1");
            assertThat(Pools.ask(second, "select 1")).isEqualTo("1");
        }
    }
}
