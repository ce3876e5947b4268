package dev.penstock.tools.tune.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Processor time of sessions whose processes run on this machine, by {@code /proc}. Of these processes alone: not of
 * what the server does beside them, nor of the callers here.
 */
final class BackendCpu {
    /** Linux tells {@code /proc/PID/stat} in these, whatever its own clock does. */
    private static final double TICKS_PER_SECOND = 100;

    /** In {@code stat}, counted from what follows the name. */
    private static final int USER_TIME = 11;

    private final Path processes;
    private final List<Integer> pids;

    BackendCpu(Path processes, List<Integer> pids) {
        this.processes = processes;
        this.pids = List.copyOf(pids);
    }

    /** Of these sessions, if they are here. */
    static BackendCpu of(List<Backend> sessions) {
        return new BackendCpu(
                Path.of("/proc"), sessions.stream().map(Backend::pid).toList());
    }

    /** So far; null if one of them is not to be seen here, or is none of PostgreSQL's. */
    @Nullable Long ticks() {
        long sum = 0;
        for (int pid : pids) {
            Path process = processes.resolve(Integer.toString(pid));
            try {
                if (!Files.readString(process.resolve("cmdline")).startsWith("postgres")) {
                    return null;
                }
                String stat = Files.readString(process.resolve("stat"));
                String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
                sum += Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[USER_TIME + 1]);
            } catch (IOException | RuntimeException e) {
                return null;
            }
        }
        return sum;
    }

    /** Of all processors of this machine, 0 to 1; null if the ticks were not to be seen. */
    @Nullable Double share(@Nullable Long before, @Nullable Long after, long nanos) {
        if (before == null || after == null || nanos <= 0) {
            return null;
        }
        double seconds = (double) nanos / TimeUnit.SECONDS.toNanos(1);
        double share = (after - before)
                / TICKS_PER_SECOND
                / seconds
                / Runtime.getRuntime().availableProcessors();
        return Math.max(0, Math.min(1, share));
    }
}
