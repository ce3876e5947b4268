package dev.penstock.tools.pairs;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A processor that processes can be kept on, by Linux's {@code taskset}.
 *
 * @param number as the operating system counts
 */
record Processor(int number) {
    private static final Path OWN_STATUS = Path.of("/proc/self/status");
    private static final Pattern ALLOWED = Pattern.compile("(?m)^Cpus_allowed_list:\\s*(\\d+)");
    private static final int SECONDS = 10;

    /** The first that this JVM may use; none where that cannot be told. */
    static Optional<Processor> first() {
        try {
            return firstOf(Files.readString(OWN_STATUS));
        } catch (IOException e) { // no Linux
            return Optional.empty();
        }
    }

    /** In what Linux tells of a process. */
    static Optional<Processor> firstOf(String status) {
        Matcher allowed = ALLOWED.matcher(status);
        return allowed.find() ? Optional.of(new Processor(Integer.parseInt(allowed.group(1)))) : Optional.empty();
    }

    /**
     * Keeps a process on it: the threads that it has, those that it will start, and processes that it will start.
     *
     * @throws IOException if that cannot be done, or there is no {@code taskset}
     */
    void keep(long pid) throws IOException, InterruptedException {
        Process taskset = new ProcessBuilder(
                        List.of("taskset", "-a", "-c", "-p", Integer.toString(number), Long.toString(pid)))
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD)
                .start();
        try {
            if (!taskset.waitFor(SECONDS, TimeUnit.SECONDS) || taskset.exitValue() != 0) {
                throw new IOException("taskset could not keep process " + pid + " on processor " + number);
            }
        } finally {
            taskset.destroyForcibly();
        }
    }

    @Override
    public String toString() {
        return "processor " + number;
    }
}
