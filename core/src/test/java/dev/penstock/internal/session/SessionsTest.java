package dev.penstock.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.internal.server.ServerSide;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.postgresql.core.BaseConnection;

/** Whatever a pool hands out: its session or null, never an exception. */
class SessionsTest {
    private final Sessions sessions = new Sessions(session -> {});
    private final BaseConnection physical = proxy(BaseConnection.class, () -> null);
    private final Session session = new Session(physical, null, null, null, ServerSide.NOT_ASKED);

    private interface Unwrapping {
        @Nullable Object unwrap() throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Unwrapping unwrapping) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> switch (method.getName()) {
                    case "unwrap" -> unwrapping.unwrap() == null ? self : unwrapping.unwrap();
                    case "getBackendPID" -> 42;
                    default -> throw new UnsupportedOperationException(method.getName());
                }));
    }

    private @Nullable Session found(Unwrapping unwrapping) {
        sessions.add(physical, session);
        return sessions.find(proxy(Connection.class, unwrapping));
    }

    @Test
    void byThePhysicalConnectionItself() {
        sessions.add(physical, session);

        assertThat(sessions.find(physical)).isSameAs(session);
        assertThat(session.backendPid()).isEqualTo(42);
    }

    @Test
    void byAPoolsConnectionOverIt() {
        assertThat(found(() -> physical)).isSameAs(session);
    }

    @Test
    void notByOneOverAnother() {
        assertThat(found(() -> proxy(BaseConnection.class, () -> null))).isNull();
    }

    @Test
    void notByOneThatGivesSomethingElseAway() {
        assertThat(found(() -> "a string")).isNull();
    }

    @Test
    void notByOneThatThrows() {
        assertThat(found(() -> {
                    throw new SQLException("not a wrapper");
                }))
                .isNull();
        assertThat(sessions.find(proxy(Connection.class, () -> {
                    throw new IllegalStateException("closed");
                })))
                .isNull();
        assertThat(sessions.find(proxy(Connection.class, () -> {
                    throw new AbstractMethodError("written for Java 5");
                })))
                .isNull();
    }
}
