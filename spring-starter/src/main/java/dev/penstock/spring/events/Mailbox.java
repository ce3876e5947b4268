package dev.penstock.spring.events;

import dev.penstock.internal.events.Guarded;
import dev.penstock.internal.time.ContextLoader;
import dev.penstock.internal.time.DaemonThreads;
import dev.penstock.internal.time.Ticker;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where events wait for the application, which may take its time: one thread tells it, one event after the other, and
 * only while there are events. Whoever posts one never waits. Thread-safe.
 */
final class Mailbox implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("dev.penstock.spring");

    static final int CAPACITY = 256;

    private static final long IDLE_SECONDS = 5;

    private final ContextLoader loader = ContextLoader.ofCaller();
    private final Consumer<Object> reader;
    private final Tally lost;
    private final ThreadPoolExecutor thread;
    private volatile boolean closed;

    /** Read by the application. */
    Mailbox(Consumer<Object> reader, Ticker ticker) {
        this.reader = reader;
        this.lost = new Tally(
                ticker,
                number -> LOG.warn(
                        "penstock: events that were not published since this was last said: {}; {} wait already, an"
                                + " @EventListener is slow or hangs. Said once per minute at most",
                        number,
                        CAPACITY));
        this.thread = new ThreadPoolExecutor(
                1,
                1,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(CAPACITY),
                DaemonThreads.named("penstock-events"),
                (event, full) -> refuse());
        thread.allowCoreThreadTimeOut(true);
    }

    /** Told some time later; not at all if too many wait. */
    void post(String pool, Object event) {
        thread.execute(loader.lentTo(() -> tell(pool, event)));
    }

    private void refuse() {
        if (!closed) {
            lost.count();
        }
    }

    private void tell(String pool, Object event) {
        if (!closed) {
            Guarded.run(
                    pool,
                    "publishing " + event.getClass().getSimpleName() + " to the application",
                    () -> reader.accept(event));
        }
    }

    /** Nothing is told from now on; whoever is being told something is not disturbed. Idempotent. */
    @Override
    public void close() {
        closed = true;
        thread.shutdown();
        thread.getQueue().clear();
        lost.close();
    }
}
