package dev.penstock.internal.resolve;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Waits for what comes soon, and no longer than a test may. */
final class Futures {
    private Futures() {}

    static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(20, TimeUnit.SECONDS);
    }
}
