package dev.penstock.tools.tune.load;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/** Processor time of this JVM: callers that have no more of it measure themselves, and not the server. */
final class CallersCpu {
    private CallersCpu() {}

    /** So far, in nanoseconds; null where the JVM does not tell. */
    static @Nullable Long nanos() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                        && system.getProcessCpuTime() >= 0
                ? system.getProcessCpuTime()
                : null;
    }

    /** Of all processors here, 0 to 1; null if it was not to be seen. */
    static @Nullable Double share(@Nullable Long before, @Nullable Long after, long elapsedNanos) {
        if (before == null || after == null || elapsedNanos <= 0) {
            return null;
        }
        double share =
                (double) (after - before) / elapsedNanos / Runtime.getRuntime().availableProcessors();
        return Math.max(0, Math.min(1, share));
    }
}
