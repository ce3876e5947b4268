package dev.penstock.internal.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.LeaseSettings;
import dev.penstock.PenstockConfig;
import dev.penstock.StubPool;
import dev.penstock.internal.events.Listeners;
import dev.penstock.internal.session.Sessions;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LeaseDeskTest {
    private final AtomicInteger asked = new AtomicInteger();

    /** Of a pool that does not let go of the driver's connection, or whose driver is another. */
    private Connection refusing() {
        return (Connection) Proxy.newProxyInstance(
                LeaseDeskTest.class.getClassLoader(), new Class<?>[] {Connection.class}, (self, method, arguments) -> {
                    if (method.getName().equals("unwrap")) {
                        asked.incrementAndGet();
                        throw new SQLException("not a wrapper");
                    }
                    return method.getReturnType() == boolean.class ? false : null;
                });
    }

    @Test
    void whoeverDoesNotSayWhatItIsIsNotAskedForEver() throws SQLException {
        LeaseSettings settings = PenstockConfig.builder().build().leases();
        try (LeaseDesk desk = new LeaseDesk(
                "orders",
                settings,
                new Sessions(),
                new Surroundings(new StubPool(), new Listeners(List.of()), Runnable::run, null),
                System::nanoTime,
                null)) {
            for (int i = 0; i < 1_000; i++) {
                Connection handle = desk.lend(this::refusing);
                assertThat(handle).isInstanceOf(LeasedConnection.class);
                handle.close();
            }
            assertThat(asked).hasValueLessThan(50).hasPositiveValue();
            assertThat(desk.numbers().open()).isZero();
        }
    }
}
