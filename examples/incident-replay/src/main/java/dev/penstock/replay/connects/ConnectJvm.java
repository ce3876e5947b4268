package dev.penstock.replay.connects;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The JVM in which connects are measured.
 *
 * <p>pgjdbc has no resolver that could be replaced, and the JDK reads {@code jdk.net.hosts.file} once, before the first
 * look-up: in the JVM of Maven that moment is long gone. Used by one thread.
 */
public final class ConnectJvm implements AutoCloseable {
    private static final String END = "\0";

    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final List<Sample> samples = new ArrayList<>();
    private final List<String> otherWords = new ArrayList<>();

    private ConnectJvm(Process process) {
        this.process = process;
        Thread reader = new Thread(this::read, "replay-connect-jvm-reader");
        reader.setDaemon(true);
        reader.start();
    }

    public static ConnectJvm start(Path hostsFile, ConnectPlan plan, String password) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Djdk.net.hosts.file=" + hostsFile);
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("penstock."))
                .forEach(name -> command.add("-D" + name + "=" + System.getProperty(name)));
        command.addAll(List.of("-cp", classPath(), ConnectMain.class.getName()));
        command.addAll(plan.toArguments());
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put(ConnectMain.PASSWORD_VARIABLE, password);
        return new ConnectJvm(builder.start());
    }

    /** Under exec:java the class path is the class loader's; the system property names Maven's launcher. */
    private static String classPath() {
        if (ConnectJvm.class.getClassLoader() instanceof URLClassLoader loader) {
            return Stream.of(loader.getURLs())
                    .map(ConnectJvm::toPath)
                    .collect(Collectors.joining(System.getProperty("path.separator")));
        }
        return System.getProperty("java.class.path");
    }

    private static String toPath(URL url) {
        return Path.of(URI.create(url.toString())).toString();
    }

    private void read() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.US_ASCII)) {
            reader.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException e) {
            lines.add("Reading from the JVM failed: " + e);
        } finally {
            lines.add(END);
        }
    }

    /**
     * Collects samples until {@code last} is among them.
     *
     * @param each told of every sample, the last one included
     * @throws IllegalStateException when the JVM ends or the time passes before
     */
    public void await(Step last, Duration limit, Consumer<Sample> each) {
        long start = System.nanoTime();
        while (samples().count(last) == 0) {
            String line = next(limit.minusNanos(System.nanoTime() - start));
            Sample.parse(line)
                    .ifPresentOrElse(
                            sample -> {
                                samples.add(sample);
                                each.accept(sample);
                            },
                            () -> otherWords.add(line));
        }
    }

    private String next(Duration wait) {
        try {
            String line = lines.poll(Math.max(0, wait.toNanos()), TimeUnit.NANOSECONDS);
            if (line == null || line.equals(END)) {
                throw new IllegalStateException("The measuring JVM " + (line == null ? "is late" : "ended early")
                        + "; it said: " + String.join(" ", otherWords));
            }
            return line;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for the measuring JVM", e);
        }
    }

    public Samples samples() {
        return new Samples(samples);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
