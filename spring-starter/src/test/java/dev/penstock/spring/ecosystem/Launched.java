package dev.penstock.spring.ecosystem;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.penstock.hikari.PenstockHikariDataSource;
import dev.penstock.lab.Await;
import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.spring.PenstockPool;
import dev.penstock.spring.PenstockPools;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * An application that runs.
 *
 * @param name what its connections are called
 */
record Launched(String name, PostgresServer server, ConfigurableApplicationContext context) implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(20);

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** The one of this bean, whatever else the application has put round it. */
    HikariDataSource pool(String bean) {
        return (HikariDataSource) bean(PenstockPools.class).require(bean).dataSource();
    }

    /** The value of an expression, asked of any DataSource. */
    static String ask(DataSource dataSource, String expression) {
        return new JdbcTemplate(dataSource).queryForObject("select " + expression, String.class);
    }

    /**
     * Penstock looks after the pools of these beans and no other. Each of them works and is there once: the server
     * counts as many connections as they say they have. H2 works too, and is what it was.
     */
    void hasPools(String... beans) {
        assertThat(bean(PenstockPools.class).all())
                .extracting(PenstockPool::bean)
                .containsExactly(beans);
        List<HikariDataSource> pools = Stream.of(beans).map(this::pool).toList();
        pools.forEach(Launched::fill);
        awaitConnections(
                pools.stream().mapToInt(HikariDataSource::getMaximumPoolSize).sum());
        hasPlainH2();
    }

    private static void fill(HikariDataSource pool) {
        assertThat(pool).isInstanceOf(PenstockHikariDataSource.class);
        assertThat(ask(pool, "current_database()")).isEqualTo("postgres");
        Await.until(
                "every connection of " + pool.getPoolName(),
                SOON,
                () -> pool.getHikariPoolMXBean().getTotalConnections() == pool.getMaximumPoolSize());
    }

    private void hasPlainH2() {
        HikariDataSource h2 = h2();
        assertThat(h2).isExactlyInstanceOf(HikariDataSource.class);
        assertThat(ask(h2, "h2version()")).startsWith("2.");
        assertThat(bean(PenstockPools.class).leftAlone()).containsKey(PlainApplication.H2);
    }

    HikariDataSource h2() {
        return context.getBean(PlainApplication.H2, HikariDataSource.class);
    }

    void awaitConnections(int expected) {
        awaitConnections(server, name, expected);
    }

    /** Waits until the server counts as many under this name. */
    static void awaitConnections(PostgresServer server, String name, int expected) {
        Await.holdsWithin(SOON, () -> connections(server, name) == expected);
        assertThat(connections(server, name)).as("connections of " + name).isEqualTo(expected);
    }

    static int connections(PostgresServer server, String name) {
        try {
            return server.backendCount(name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Nothing may be left of it. */
    @Override
    public void close() {
        List<HikariDataSource> pools = context.getBeanProvider(PenstockPools.class).stream()
                .flatMap(known -> known.all().stream())
                .map(known -> (HikariDataSource) known.dataSource())
                .toList();
        HikariDataSource h2 = h2();
        context.close();
        assertThat(pools).allMatch(HikariDataSource::isClosed);
        assertThat(h2.isClosed()).isTrue();
        awaitConnections(0);
    }
}
