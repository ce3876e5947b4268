package dev.penstock.tools.addresses;

import dev.penstock.lab.fault.StallMonitor;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One connect.
 *
 * @param nanos until the caller had the connection, or the exception
 * @param stallNanos longest stall of this JVM or machine that was seen meanwhile
 * @param failure why there is no usable connection; null if there is one
 */
record Attempt(long nanos, long stallNanos, @Nullable Throwable failure) {
    private static final int VALIDATION_SECONDS = 5;

    /** Opens a connection. */
    @FunctionalInterface
    interface Opener {
        @Nullable Connection open() throws SQLException;
    }

    /** Times one connect; that the connection can be used is asked of the server after the clock has stopped. */
    static Attempt of(Opener opener) {
        try (StallMonitor monitor = StallMonitor.start()) {
            Attempt attempt = timed(opener);
            return new Attempt(attempt.nanos, monitor.max().toNanos(), attempt.failure);
        }
    }

    /** The same without a look at the machine, whose own thread costs a little: for many short connects. */
    static Attempt timed(Opener opener) {
        long startedAt = System.nanoTime();
        long readyAt = 0;
        try (Connection connection = opener.open()) {
            readyAt = System.nanoTime();
            boolean usable = connection != null && connection.isValid(VALIDATION_SECONDS);
            return new Attempt(readyAt - startedAt, 0, usable ? null : new SQLException("connected, but not usable"));
        } catch (SQLException | RuntimeException e) {
            return new Attempt((readyAt == 0 ? System.nanoTime() : readyAt) - startedAt, 0, e);
        }
    }

    boolean connected() {
        return failure == null;
    }

    /** Whether it is usable, and was so in time. */
    boolean within(Duration limit) {
        return connected() && nanos <= limit.toNanos();
    }

    double millis() {
        return nanos / 1e6;
    }

    /** Seconds, and what went wrong if anything did; in ASCII. */
    String label() {
        String seconds = String.format(Locale.ROOT, "%.2f s", nanos / 1e9);
        return failure == null ? seconds : "failed after " + seconds;
    }

    /** The first line of the failure, in ASCII; empty if there is none. */
    String reason() {
        return failure == null
                ? ""
                : failure.toString().lines().findFirst().orElse("").replaceAll("[^ -~]", "?");
    }
}
