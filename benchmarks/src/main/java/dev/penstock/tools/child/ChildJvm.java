package dev.penstock.tools.child;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A JVM that measures, with this one's class path. Ended with this one, whatever ends that. */
public final class ChildJvm {
    /** Those of the suite take half a minute: this is enough on a busy machine. Without it one that hangs hangs all. */
    public static final Duration LIMIT = Duration.ofMinutes(10);

    private static final int FIRST_TO_WARN = 24;

    /** Options against warnings of the JVM's about libraries (JMH), which nobody who measures can mend. */
    public static final List<String> WITHOUT_WARNINGS =
            Runtime.version().feature() >= FIRST_TO_WARN ? List.of("--sun-misc-unsafe-memory-access=allow") : List.of();

    private ChildJvm() {}

    /** Runs it to its end, which comes within the {@link #LIMIT}; the rest as below. */
    public static String run(List<String> options, List<String> main, String input)
            throws IOException, InterruptedException {
        return run(options, main, input, LIMIT);
    }

    /**
     * Runs it to its end.
     *
     * @param options of the JVM's
     * @param main main class and its arguments, which any list of processes shows
     * @param input what it reads on standard input, which none shows; that stays open until it ends
     * @param limit after which it is ended
     * @return what it has printed
     * @throws IOException if it fails or comes to the limit; what it says about that is on standard error
     */
    public static String run(List<String> options, List<String> main, String input, Duration limit)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command(options, main))
                .redirectError(Redirect.INHERIT)
                .start();
        Thread belt = new Thread(process::destroyForcibly, "fork-belt");
        Runtime.getRuntime().addShutdownHook(belt);
        CompletableFuture<Boolean> late = endAfter(limit, process);
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
            in.flush();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int exit = process.waitFor();
            if (late.join()) {
                throw new IOException("the fork must end within " + limit.toMillis()
                        + " ms, but had not and was ended: " + main.get(0));
            }
            if (exit != 0) {
                throw new IOException("the fork failed with exit code " + exit);
            }
            return printed;
        } finally {
            process.destroyForcibly();
            unhook(belt);
        }
    }

    /** Whether the limit came first; known once it has ended in either way. */
    private static CompletableFuture<Boolean> endAfter(Duration limit, Process process) {
        return process.onExit()
                .thenApply(ended -> false)
                .completeOnTimeout(true, limit.toNanos(), TimeUnit.NANOSECONDS)
                .thenApply(late -> {
                    if (late) {
                        end(process.toHandle());
                    }
                    return late;
                });
    }

    /** With all that it has started, as its output ends with the last of those who can write to it. */
    private static void end(ProcessHandle process) {
        List<ProcessHandle> all =
                Stream.concat(Stream.of(process), process.descendants()).toList();
        all.forEach(ProcessHandle::destroyForcibly);
    }

    private static List<String> command(List<String> options, List<String> main) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(WITHOUT_WARNINGS);
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(main);
        return command;
    }

    private static void unhook(Thread belt) {
        try {
            Runtime.getRuntime().removeShutdownHook(belt);
        } catch (IllegalStateException e) {
            // the JVM is going down, and the hook does its work
        }
    }
}
