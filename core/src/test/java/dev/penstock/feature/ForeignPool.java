package dev.penstock.feature;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A pool that draws from no connector of ours, nor from a driver that we know. */
final class ForeignPool {
    private ForeignPool() {}

    static DataSource create() {
        return stub(DataSource.class, (method, arguments) -> switch (method) {
            case "getConnection" -> connection();
            case "toString" -> "a foreign pool";
            default -> throw new SQLFeatureNotSupportedException(method);
        });
    }

    private static Connection connection() {
        AtomicBoolean closed = new AtomicBoolean();
        return stub(Connection.class, (method, arguments) -> switch (method) {
            case "close" -> {
                closed.set(true);
                yield null;
            }
            case "isClosed" -> closed.get();
            case "getAutoCommit" -> true;
            case "toString" -> "a foreign connection";
            default -> throw new SQLFeatureNotSupportedException(method);
        });
    }

    private interface Answers {
        @Nullable Object to(String method, Object @Nullable [] arguments) throws SQLException;
    }

    private static <T> T stub(Class<T> type, Answers answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (Object proxy, Method method, Object[] arguments) -> answers.to(method.getName(), arguments)));
    }
}
