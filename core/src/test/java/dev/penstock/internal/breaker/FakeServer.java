package dev.penstock.internal.breaker;

import dev.penstock.ConnectOutcome;
import dev.penstock.internal.connect.ConnectOrder;
import dev.penstock.internal.connect.Creation;
import dev.penstock.internal.connect.Leash;
import dev.penstock.lab.Await;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Makes connections, or fails to. */
final class FakeServer implements Creation {
    final Queue<Duration> limits = new ConcurrentLinkedQueue<>();
    final Queue<ConnectOrder> orders = new ConcurrentLinkedQueue<>();
    final AtomicInteger aborted = new AtomicInteger();
    final Queue<ClassLoader> loaders = new ConcurrentLinkedQueue<>();
    final List<Connection> made = new CopyOnWriteArrayList<>();
    volatile boolean up = true;
    volatile boolean closed;
    volatile boolean hangs;
    volatile boolean hangsUntilUp;
    /** Connects with this limit are accepted and never answered. */
    volatile @Nullable Duration hangsFor;

    final AtomicInteger hanging = new AtomicInteger();

    @Override
    public Connection connect(ConnectOrder order, Duration limit, Leash leash) throws SQLException {
        if (closed) {
            throw Failures.of(ConnectOutcome.ABANDONED);
        }
        limits.add(limit);
        loaders.add(Thread.currentThread().getContextClassLoader());
        orders.add(order);
        if (hangs) {
            hanging.incrementAndGet();
            Await.until("the end", Duration.ofSeconds(20), () -> closed);
            throw Failures.of(ConnectOutcome.ABANDONED);
        }
        if (hangsFor != null && limit.equals(hangsFor)) {
            hanging.incrementAndGet();
            Await.until("somebody ends it", Duration.ofSeconds(20), () -> closed || leash.hasEnded());
            throw Failures.of(ConnectOutcome.ABANDONED);
        }
        if (hangsUntilUp) {
            hanging.incrementAndGet();
            Await.until("the server is up", Duration.ofSeconds(20), () -> up);
        }
        if (!up) {
            throw Failures.of(ConnectOutcome.UNREACHABLE);
        }
        Connection connection = connection();
        made.add(connection);
        return connection;
    }

    int connects() {
        return limits.size();
    }

    private Connection connection() {
        return (Connection) Proxy.newProxyInstance(
                FakeServer.class.getClassLoader(), new Class<?>[] {Connection.class}, (self, method, arguments) -> {
                    switch (method.getName()) {
                        case "abort" -> aborted.incrementAndGet();
                        case "equals" -> {
                            return self == arguments[0];
                        }
                        case "hashCode" -> {
                            return System.identityHashCode(self);
                        }
                        default -> {
                            return "a connection";
                        }
                    }
                    return null;
                });
    }

    @Override
    public void close() {
        closed = true;
    }
}
