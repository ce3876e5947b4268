package dev.penstock.testing;

import dev.penstock.LeaseSettings;
import dev.penstock.PenstockConfig;
import dev.penstock.PenstockConnector;
import dev.penstock.PenstockDataSource;
import dev.penstock.PoolControl;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** Pools without a server: their connections can be closed, and nothing else. */
final class Stubs {
    private static final Queue<PenstockConnector> CONNECTORS = new ConcurrentLinkedQueue<>();

    private Stubs() {}

    /** A pool of somebody else's. */
    static DataSource plain() {
        return (DataSource) Proxy.newProxyInstance(
                Stubs.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    return switch (method.getName()) {
                        case "getConnection" -> connection();
                        case "isWrapperFor" -> false;
                        case "toString" -> "a stub of a pool";
                        default -> throw new SQLException("a stub has no " + method.getName());
                    };
                });
    }

    private static Connection connection() {
        AtomicBoolean closed = new AtomicBoolean();
        return (Connection) Proxy.newProxyInstance(
                Stubs.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    return switch (method.getName()) {
                        case "close" -> {
                            closed.set(true);
                            yield null;
                        }
                        case "isClosed" -> closed.get();
                        case "isWrapperFor" -> false;
                        case "hashCode" -> System.identityHashCode(proxy);
                        case "equals" -> proxy == arguments[0];
                        case "toString" -> "a stub of a connection";
                        default -> throw new SQLException("a stub has no " + method.getName());
                    };
                });
    }

    /** The same with Penstock above. */
    static PenstockDataSource guarded(String name) {
        return guarded(name, leases -> {});
    }

    static PenstockDataSource guarded(String name, Consumer<LeaseSettings.Builder> leases) {
        return guarded(name, PenstockConfig.builder().leases(leases).build());
    }

    static PenstockDataSource guarded(String name, PenstockConfig config) {
        PenstockConnector connector = PenstockConnector.builder("jdbc:postgresql://127.0.0.1:1/none")
                .name(name)
                .config(config)
                .build();
        CONNECTORS.add(connector);
        return PenstockDataSource.guard(plain(), PoolControl.unknown(Duration.ofSeconds(1)), connector);
    }

    /** Closes what was made: until then the leases of all of them are watched, by a thread. */
    static void closeAll() {
        for (PenstockConnector next = CONNECTORS.poll(); next != null; next = CONNECTORS.poll()) {
            next.close();
        }
    }
}
