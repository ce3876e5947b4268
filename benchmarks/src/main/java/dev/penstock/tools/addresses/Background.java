package dev.penstock.tools.addresses;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** A connect that does little but wait, in a daemon thread of its own, while others are measured. */
final class Background {
    private final long startedAt = System.nanoTime();
    private final CompletableFuture<Attempt> attempt = new CompletableFuture<>();

    private Background() {}

    static Background start(String name, Supplier<Attempt> connect) {
        Background background = new Background();
        Thread thread = new Thread(() -> background.run(connect), "background-" + name);
        thread.setDaemon(true);
        thread.start();
        return background;
    }

    private void run(Supplier<Attempt> connect) {
        try {
            attempt.complete(connect.get());
        } catch (Throwable e) { // nobody else would hear of it
            attempt.completeExceptionally(e);
        }
    }

    /** The attempt; one that has not ended that long after its start has failed. */
    Attempt get(Duration patience) throws InterruptedException {
        try {
            return attempt.get(left(patience), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return new Attempt(System.nanoTime() - startedAt, 0, e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            return new Attempt(System.nanoTime() - startedAt, 0, cause == null ? e : cause);
        }
    }

    /** What to say of it that long after its start. */
    String label(Duration patience) throws InterruptedException {
        Attempt ended = get(patience);
        return ended.failure() instanceof TimeoutException
                ? "no answer within " + patience.toSeconds() + " s"
                : ended.connected() ? "connects, " + ended.label() : ended.label();
    }

    private long left(Duration patience) {
        return Math.max(0, startedAt + patience.toNanos() - System.nanoTime());
    }
}
