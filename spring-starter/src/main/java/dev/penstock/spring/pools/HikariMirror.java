package dev.penstock.spring.pools;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.ProxyConnection;
import java.lang.reflect.Field;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ReflectionUtils;

/**
 * Shows the field {@code pool} of a HikariDataSource in whoever stands for it: Spring Boot reads it there for {@code
 * jdbc.connections.active} and {@code idle}, and nowhere else.
 */
final class HikariMirror {
    /** Null where there is no such field: then Spring Boot finds none either. */
    private static final @Nullable Field POOL = ReflectionUtils.findField(HikariDataSource.class, "pool");

    private final DataSource original;

    /** Null until it is known. */
    private @Nullable DataSource standIn;

    private volatile boolean shown;

    HikariMirror(DataSource original) {
        this.original = original;
    }

    /** Shows it there from now on; it may start later. */
    DataSource in(DataSource made) {
        standIn = made;
        look();
        return made;
    }

    void look() {
        if (POOL != null && !shown) {
            ReflectionUtils.makeAccessible(POOL);
            Object pool = ReflectionUtils.getField(POOL, original);
            ReflectionUtils.setField(POOL, standIn, pool);
            shown = pool != null;
        }
    }

    /** Replaces connections by what HikariCP has lent for them. */
    static void asLentByPool(Object[] connections) throws SQLException {
        for (int i = 0; i < connections.length; i++) {
            if (connections[i] instanceof Connection connection
                    && !(connection instanceof ProxyConnection)
                    && connection.isWrapperFor(ProxyConnection.class)) {
                connections[i] = connection.unwrap(ProxyConnection.class);
            }
        }
    }
}
