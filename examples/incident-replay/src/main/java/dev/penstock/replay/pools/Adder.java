package dev.penstock.replay.pools;

import java.util.Optional;
import java.util.stream.Stream;

/** HikariCP's one connection-adder thread: evidence for what a pool that does not recover is waiting for. */
final class Adder {
    private static final String DRIVER = "org.postgresql.core.v3.";

    private Adder() {}

    static Optional<String> stuckIn(String poolName) {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(entry -> entry.getKey().getName().startsWith(poolName + ":connection-adder"))
                .flatMap(entry -> driverFrame(entry.getValue()).stream())
                .findFirst();
    }

    /** The innermost frame of the driver's protocol code. */
    private static Optional<String> driverFrame(StackTraceElement[] stack) {
        return Stream.of(stack)
                .filter(frame -> frame.getClassName().startsWith(DRIVER))
                .map(frame -> frame.getClassName().substring(DRIVER.length()) + "." + frame.getMethodName())
                .findFirst();
    }
}
