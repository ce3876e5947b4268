package dev.penstock.spring.ecosystem;

import dev.penstock.lab.process.Programs;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The JVM that {@link ChildMain} runs in. Closing it ends it as an operating system does, in order. */
final class ChildJvm implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 30;

    /** Whoever reads its lines must not wait for ever. */
    private static final int LIFE_SECONDS = 90;

    private final Process process;
    private final BufferedReader lines;

    private ChildJvm(Process process) {
        this.process = process;
        this.lines = process.inputReader();
        CompletableFuture.delayedExecutor(LIFE_SECONDS, TimeUnit.SECONDS).execute(process::destroyForcibly);
    }

    /**
     * Starts it.
     *
     * @param first what is on the class path before everything that is on this JVM's
     * @param options of the JVM
     */
    static ChildJvm start(List<String> first, List<String> options, String... arguments) throws IOException {
        List<String> classPath = new ArrayList<>(first);
        classPath.add(System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>(List.of(Programs.java().toString(), "-XX:TieredStopAtLevel=1"));
        command.addAll(options);
        command.addAll(List.of("-cp", String.join(File.pathSeparator, classPath), ChildMain.class.getName()));
        command.addAll(List.of(arguments));
        return new ChildJvm(
                new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /** The next line that says that the application is ready; an error with all lines before if there is none. */
    String awaitReady() throws IOException {
        List<String> before = new ArrayList<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(ChildMain.READY)) {
                return line;
            }
            before.add(line);
        }
        throw new AssertionError("The application has ended:\n" + String.join("\n", before));
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try (lines) {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("The application does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.destroyForcibly();
        }
    }
}
