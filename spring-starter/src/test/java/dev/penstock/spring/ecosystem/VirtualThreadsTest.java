package dev.penstock.spring.ecosystem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.lab.junit.NoLeftovers;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.core.task.AsyncTaskExecutor;

/** With {@code spring.threads.virtual.enabled}, many more borrowers than connections. */
@WithPostgres
@NoLeftovers
@Tag("virtual-threads")
class VirtualThreadsTest {
    private static final int BORROWERS = 200;

    /** Before JDK 21 the property has no effect. */
    private static final boolean VIRTUAL = Runtime.version().feature() >= 21;

    private record Borrowed(String value, boolean virtual) {}

    @Test
    void allOfThemAreServed(PostgresServer server) throws Exception {
        try (Launched application =
                Launch.on(server).with("spring.threads.virtual.enabled", "true").start()) {
            AsyncTaskExecutor executor =
                    application.context().getBean("applicationTaskExecutor", AsyncTaskExecutor.class);
            List<Future<Borrowed>> all = IntStream.range(0, BORROWERS)
                    .mapToObj(i -> executor.submit(borrow(application.pool("dataSource"), i)))
                    .toList();
            for (int i = 0; i < BORROWERS; i++) {
                assertThat(all.get(i).get()).isEqualTo(new Borrowed(Integer.toString(i), VIRTUAL));
            }
            application.hasPools("dataSource");
        }
    }

    private static Callable<Borrowed> borrow(DataSource pool, int value) {
        return () -> new Borrowed(
                Launched.ask(pool, value + " from pg_sleep(0.001)"),
                Thread.currentThread().toString().startsWith("VirtualThread"));
    }
}
