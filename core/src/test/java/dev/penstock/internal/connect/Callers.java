package dev.penstock.internal.connect;

import dev.penstock.ConnectFailure;
import dev.penstock.PenstockConnector;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A thread that asks for one connection, so that a test can do something to it meanwhile. */
final class Callers {
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private Callers() {}

    /**
     * How the call ended.
     *
     * @param interrupted whether the thread's flag was set afterwards
     * @param took from the call to its end
     */
    record Answer(@Nullable Connection connection, @Nullable Exception failure, boolean interrupted, Duration took) {
        ConnectFailure details() {
            if (failure instanceof ConnectFailure details) {
                return details;
            }
            throw new AssertionError("not a failed connect: " + this, failure);
        }
    }

    /** A call under way. */
    record Call(Thread thread, CompletableFuture<Answer> result) {
        Answer answer() throws Exception {
            return result.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    static Call start(PenstockConnector connector) {
        return start(connector, false);
    }

    static Call start(PenstockConnector connector, boolean interruptedBefore) {
        CompletableFuture<Answer> result = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    if (interruptedBefore) {
                        Thread.currentThread().interrupt();
                    }
                    try {
                        result.complete(call(connector));
                    } catch (RuntimeException | Error e) {
                        result.completeExceptionally(e);
                    }
                },
                "caller");
        thread.setDaemon(true);
        thread.start();
        return new Call(thread, result);
    }

    private static Answer call(PenstockConnector connector) {
        long begun = System.nanoTime();
        Connection connection = null;
        SQLException failure = null;
        try {
            connection = connector.getConnection();
        } catch (SQLException e) {
            failure = e;
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        return new Answer(connection, failure, Thread.currentThread().isInterrupted(), took);
    }
}
