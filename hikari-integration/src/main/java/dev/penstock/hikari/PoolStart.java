package dev.penstock.hikari;

import com.zaxxer.hikari.pool.HikariPool;
import dev.penstock.internal.time.DaemonThreads;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One start of a pool, on a thread of its own, that any number of callers can wait for. Thread-safe. */
final class PoolStart {
    private static final ThreadFactory THREADS = DaemonThreads.named("penstock-pool-start");

    private final CompletableFuture<HikariPool> pool = new CompletableFuture<>();

    private PoolStart() {}

    /**
     * Begins it.
     *
     * @param work starts the pool; its thread has the context class loader of the caller, because the pool's
     *     own threads inherit it, as they would from a caller of HikariCP
     * @param failed called before a failure is delivered
     */
    static PoolStart begin(Callable<HikariPool> work, Runnable failed) {
        PoolStart start = new PoolStart();
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        THREADS.newThread(() -> {
                    Thread.currentThread().setContextClassLoader(loader);
                    start.run(work, failed);
                })
                .start();
        return start;
    }

    private void run(Callable<HikariPool> work, Runnable failed) {
        try {
            pool.complete(work.call());
        } catch (Throwable e) { // whatever it is, it belongs to those who wait
            failed.run();
            pool.completeExceptionally(e);
        }
    }

    /**
     * The started pool.
     *
     * @throws SQLException or a RuntimeException or Error: what the start failed with, the same object for
     *     everyone who waited
     */
    HikariPool await(Duration limit) throws SQLException, TimeoutException, InterruptedException {
        try {
            return pool.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw rethrown(e.getCause());
        }
    }

    /** Waits until it is over in whatever way, or the limit has passed, or the thread is interrupted. */
    void awaitEnd(Duration limit) {
        try {
            await(limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception | Error e) {
            // over, or not: the caller goes on in any case
        }
    }

    boolean isOver() {
        return pool.isDone();
    }

    private static SQLException rethrown(@Nullable Throwable failure) {
        if (failure instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        return failure instanceof SQLException sql ? sql : new SQLException("The pool has not started", failure);
    }
}
