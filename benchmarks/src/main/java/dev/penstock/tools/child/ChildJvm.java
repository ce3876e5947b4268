package dev.penstock.tools.child;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM that measures, with this one's class path. Ended with this one, whatever ends that. */
public final class ChildJvm {
    private static final int FIRST_TO_WARN = 24;

    /** Options against warnings of the JVM's about libraries (JMH), which nobody who measures can mend. */
    public static final List<String> WITHOUT_WARNINGS = Runtime.version().feature() >= FIRST_TO_WARN
            ? List.of("--sun-misc-unsafe-memory-access=allow")
            : List.of();

    private ChildJvm() {}

    /**
     * Runs it to its end.
     *
     * @param options of the JVM's
     * @param main main class and its arguments, which any list of processes shows
     * @param input what it reads on standard input, which none shows; that stays open until it ends
     * @return what it has printed
     * @throws IOException if it fails; what it says about that is on standard error
     */
    public static String run(List<String> options, List<String> main, String input)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command(options, main))
                .redirectError(Redirect.INHERIT)
                .start();
        Thread belt = new Thread(process::destroyForcibly, "fork-belt");
        Runtime.getRuntime().addShutdownHook(belt);
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
            in.flush();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int exit = process.waitFor();
            if (exit != 0) {
                throw new IOException("the fork failed with exit code " + exit);
            }
            return printed;
        } finally {
            process.destroyForcibly();
            unhook(belt);
        }
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
