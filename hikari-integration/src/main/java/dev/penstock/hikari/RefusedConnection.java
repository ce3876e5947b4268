package dev.penstock.hikari;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * A connection that refuses everything. While a pool starts, HikariCP tries to connect until
 * {@code initializationFailTimeout} has passed, whatever a connect throws; a connection whose set-up
 * fails is the one thing that ends the start at once.
 */
final class RefusedConnection {
    private RefusedConnection() {}

    static Connection because(SQLException why) {
        return (Connection) Proxy.newProxyInstance(
                RefusedConnection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (self, method, arguments) -> {
                    if (method.getDeclaringClass() == Object.class) {
                        return ofObject(self, method.getName(), arguments);
                    }
                    throw why;
                });
    }

    /** HikariCP writes connections to its log. */
    private static Object ofObject(Object self, String method, Object[] arguments) throws InvocationTargetException {
        return switch (method) {
            case "equals" -> self == arguments[0];
            case "hashCode" -> System.identityHashCode(self);
            default -> "no connection: the pool was closed, or its start interrupted";
        };
    }
}
