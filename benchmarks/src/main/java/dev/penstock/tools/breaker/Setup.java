package dev.penstock.tools.breaker;

import com.zaxxer.hikari.HikariConfig;
import dev.penstock.BreakerMode;
import dev.penstock.PenstockConfig;
import java.time.Duration;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What a pool is configured with; null: not set, so at its default. The breaker is on.
 *
 * @param deadline {@code connect.deadline}
 * @param limit {@code connectionTimeout}
 * @param failFastAfter {@code gate.failFastAfter}
 * @param size {@code maximumPoolSize}
 * @param idle {@code minimumIdle}
 */
record Setup(
        @Nullable Duration deadline,
        @Nullable Duration limit,
        @Nullable Duration failFastAfter,
        int size,
        int idle) {
    /** HikariCP's own defaults for both sizes. */
    static final Setup DEFAULTS = new Setup(null, null, null, 10, 10);

    Setup withDeadline(Duration value) {
        return new Setup(value, limit, failFastAfter, size, idle);
    }

    Setup withLimit(Duration value) {
        return new Setup(deadline, value, failFastAfter, size, idle);
    }

    Setup withFailFastAfter(Duration value) {
        return new Setup(deadline, limit, value, size, idle);
    }

    Setup withIdle(int value) {
        return new Setup(deadline, limit, failFastAfter, size, value);
    }

    PenstockConfig penstock(Events events) {
        PenstockConfig.Builder builder = PenstockConfig.builder()
                .breaker(b -> b.mode(BreakerMode.ON))
                .gate(g -> g.failFastAfter(failFastAfter))
                .listener(events);
        return deadline == null
                ? builder.build()
                : builder.connect(c -> c.deadline(deadline)).build();
    }

    HikariConfig hikari(String url, Properties credentials) {
        HikariConfig hikari = new HikariConfig();
        hikari.setJdbcUrl(url);
        hikari.setUsername(credentials.getProperty("user"));
        hikari.setPassword(credentials.getProperty("password"));
        hikari.setMaximumPoolSize(size);
        hikari.setMinimumIdle(idle);
        if (limit != null) {
            hikari.setConnectionTimeout(limit.toMillis());
        }
        return hikari;
    }
}
