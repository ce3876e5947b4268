package dev.penstock.testing;

import dev.penstock.lab.Await;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;

/** Another thread that gives a connection back. */
final class LateReturn {
    private LateReturn() {}

    /** Closes it as soon as this thread waits for that. */
    static void whileWaiting(Thread waiting, Connection connection) {
        Thread thread = new Thread(
                () -> {
                    Await.until("somebody waits for it", Duration.ofSeconds(30), () -> isWaiting(waiting));
                    close(connection);
                },
                "late return");
        thread.setDaemon(true);
        thread.start();
    }

    private static boolean isWaiting(Thread thread) {
        StackTraceElement[] stack = thread.getStackTrace();
        return Arrays.stream(stack).anyMatch(frame -> frame.getClassName().equals(Watched.class.getName()))
                && Arrays.stream(stack).anyMatch(frame -> frame.getMethodName().startsWith("park"));
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
