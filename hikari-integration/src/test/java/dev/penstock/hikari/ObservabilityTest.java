package dev.penstock.hikari;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import dev.penstock.lab.junit.NoLeftovers;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Field;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/** Metrics and JMX are HikariCP's own, and count what they counted before. */
@WithPostgres
@NoLeftovers
class ObservabilityTest {
    private final PostgresServer server;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    ObservabilityTest(PostgresServer server) {
        this.server = server;
    }

    @Test
    void meters() throws Exception {
        HikariConfig config = named("metered");
        config.setMetricRegistry(meters);
        try (var pool = new PenstockHikariDataSource(config)) {
            assertThat(borrows()).as("the start itself borrows nothing").isZero();
            pool.getConnection().close();
            assertThat(borrows()).isEqualTo(1);
            assertThat(meters.get("hikaricp.connections.max")
                            .tag("pool", "metered")
                            .gauge()
                            .value())
                    .isEqualTo(2);
        }
        assertThat(meters.find("hikaricp.connections.acquire").timer()).isNull();
    }

    @Test
    void metersOfAPoolThatStartsLate() throws Exception {
        try (var pool = new PenstockHikariDataSource()) {
            named("metered").copyStateTo(pool);
            pool.setMetricRegistry(meters);
            pool.getConnection().close();
            assertThat(borrows()).as("the start borrows once").isEqualTo(2);
        }
    }

    @Test
    void metersOfAPoolThatIsGivenTheRegistryAfterTheStart() throws Exception {
        try (var pool = new PenstockHikariDataSource(named("metered"))) {
            pool.setMetricRegistry(meters);
            pool.getConnection().close();
            assertThat(borrows()).isEqualTo(1);
        }
    }

    @Test
    void managementBeans() throws Exception {
        HikariConfig config = named("managed");
        config.setRegisterMbeans(true);
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        ObjectName poolBean = new ObjectName("com.zaxxer.hikari:type=Pool (managed)");
        ObjectName configBean = new ObjectName("com.zaxxer.hikari:type=PoolConfig (managed)");
        try (var pool = new PenstockHikariDataSource(config);
                Connection connection = pool.getConnection()) {
            assertThat(connection.isValid(5)).isTrue();
            assertThat(beans.getAttribute(poolBean, "ActiveConnections")).isEqualTo(1);
            assertThat(beans.getAttribute(configBean, "PoolName")).isEqualTo("managed");
            beans.setAttribute(configBean, new javax.management.Attribute("MaximumPoolSize", 3));
            assertThat(pool.getMaximumPoolSize()).isEqualTo(3);
        }
        assertThat(beans.isRegistered(poolBean)).isFalse();
        assertThat(beans.isRegistered(configBean)).isFalse();
    }

    /** Spring Boot's pool metadata looks up a field "pool", beginning with the most derived class. */
    @Test
    void theFieldThatSpringBootReadsIsHikaris() {
        List<String> owners = new ArrayList<>();
        for (Class<?> type = PenstockHikariDataSource.class; type != null; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (field.getName().equals("pool")) {
                    owners.add(type.getSimpleName());
                }
            }
        }
        assertThat(owners).containsExactly("HikariDataSource");
    }

    private long borrows() {
        return meters.get("hikaricp.connections.acquire").timer().count();
    }

    private HikariConfig named(String name) {
        HikariConfig config = Pools.config(server);
        config.setPoolName(name);
        return config;
    }
}
