package dev.penstock.hikari;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariConfig;
import dev.penstock.PenstockConfig;
import dev.penstock.PenstockListener;
import dev.penstock.PenstockListener.Enforcement;
import dev.penstock.PenstockListener.TimeoutEnforced;
import dev.penstock.SessionLimit;
import dev.penstock.SessionSettings;
import dev.penstock.SessionTimeoutException;
import dev.penstock.lab.Await;
import dev.penstock.lab.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Pools of one server whose sessions have limits on both lines, and what the client has enforced in them. */
final class Limits {
    static final Duration LIMIT = Duration.ofMillis(300);
    static final Duration GRACE = Duration.ofMillis(400);
    static final Duration NOTHING_TO_CANCEL = Duration.ofMillis(100); // the least grace there is
    static final Duration SOON = Duration.ofSeconds(20);

    private final PostgresServer server;
    private final List<TimeoutEnforced> enforced = new CopyOnWriteArrayList<>();

    Limits(PostgresServer server) {
        this.server = server;
    }

    PenstockHikariDataSource pool(boolean tls, Consumer<SessionSettings.Builder> limits) {
        return pool(tls, 1, limits);
    }

    PenstockHikariDataSource pool(boolean tls, int size, Consumer<SessionSettings.Builder> limits) {
        HikariConfig config = Pools.config(server);
        config.setMaximumPoolSize(size);
        Properties properties = new Properties();
        if (tls) {
            properties.putAll(Objects.requireNonNull(server.tls()).verifyFull());
        } else {
            properties.setProperty("sslmode", "disable");
        }
        properties.setProperty("ApplicationName", "limits");
        config.setDataSourceProperties(properties);
        return new PenstockHikariDataSource(
                config,
                PenstockConfig.builder()
                        .session(session -> limits.accept(session.grace(GRACE)))
                        .listener(listener())
                        .build());
    }

    PenstockListener listener() {
        return new PenstockListener() {
            @Override
            public void timeoutEnforced(TimeoutEnforced event) {
                enforced.add(event);
            }
        };
    }

    List<TimeoutEnforced> enforced() {
        return enforced;
    }

    TimeoutEnforced only(SessionLimit limit, Enforcement by) {
        return enforced(1, limit, by).get(0);
    }

    /** That many, and nothing else. */
    List<TimeoutEnforced> enforced(int count, SessionLimit limit, Enforcement by) {
        Await.until("it was enforced", SOON, () -> enforced.size() >= count);
        assertThat(enforced).hasSize(count).allSatisfy(event -> {
            assertThat(event.limit()).isEqualTo(limit);
            assertThat(event.by()).isEqualTo(by);
            assertThat(event.server()).isEqualTo("127.0.0.1:" + server.port());
        });
        return enforced;
    }

    static void assertSays(SQLException cut, SessionLimit limit) {
        assertThat(cut.getSQLState()).startsWith("08");
        SessionTimeoutException reason = reasonOf(cut);
        assertThat(reason).as("reason of %s", cut).isNotNull();
        assertThat(reason.limit()).isEqualTo(limit);
        assertThat(reason.value()).isEqualTo(LIMIT);
        assertThat(reason).hasMessageContaining(limit.setting() + "=300ms");
    }

    private static @Nullable SessionTimeoutException reasonOf(Throwable thrown) {
        for (Throwable next = thrown; next != null; next = next.getCause()) {
            if (next instanceof SessionTimeoutException reason) {
                return reason;
            }
        }
        return null;
    }

    /** Something that is cut. */
    @FunctionalInterface
    interface Work {
        void run() throws SQLException;
    }

    static SQLException failure(Work work) {
        return Objects.requireNonNull(catchThrowableOfType(SQLException.class, work::run));
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
