package dev.penstock.tools.outage;

import dev.penstock.tools.PenstockTools;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The JVM of one cell, seen from this one. Whatever the pool inside does, it is ended: by its own halt, by the limits
 * here, or with this JVM.
 */
final class CellProcess implements AutoCloseable {
    private static final Duration TO_WARM_UP = Duration.ofSeconds(60);

    /** Beyond the watch: to stop the callers, to close the pool, to count threads. */
    private static final Duration TO_END = Duration.ofSeconds(30);

    private static final String GONE = "";
    private static final int TAIL_LINES = 15;

    private final Path errors;
    private final Process process;
    private final Thread belt;
    private final BlockingQueue<String> printed = new LinkedBlockingQueue<>();

    private CellProcess(Path errors, Process process) {
        this.errors = errors;
        this.process = process;
        this.belt = new Thread(process::destroyForcibly, "cell-belt");
        Runtime.getRuntime().addShutdownHook(belt);
        Thread reader = new Thread(this::read, "cell-output");
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts it; its errors go to a file, because pools log a lot during an outage. */
    static CellProcess start(PoolKind kind, Fault fault, Stage stage, Duration watch) throws IOException {
        Path errors = Files.createTempFile("penstock-outage-", ".log");
        Process process = new ProcessBuilder(command(kind, fault, stage, watch))
                .redirectError(Redirect.to(errors.toFile()))
                .start();
        CellProcess cell = new CellProcess(errors, process);
        cell.say(stage.target().password());
        return cell;
    }

    private static List<String> command(PoolKind kind, Fault fault, Stage stage, Duration watch) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-Dcom.mchange.v2.log.MLog=com.mchange.v2.log.slf4j.Slf4jMLog"));
        command.addAll(stage.jvmOptions());
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                PenstockTools.class.getName(),
                "outage-cell",
                "--pool=" + kind,
                "--url=" + stage.target().url(),
                "--user=" + stage.target().user(),
                "--defaults=" + fault.defaults(),
                "--watch=" + watch.toMillis() + "ms"));
        return command;
    }

    /** Waits until its pool is full and its callers are served. */
    void awaitWarm() throws IOException, InterruptedException {
        String line = next(TO_WARM_UP, "to warm up");
        if (!line.equals(CellCommand.WARM)) {
            throw broken("printed '" + line + "' instead of warming up");
        }
    }

    /** Returns when the time is up. */
    void passOutage(Duration outage) throws IOException, InterruptedException {
        if (process.waitFor(outage.toNanos(), TimeUnit.NANOSECONDS)) {
            throw broken("ended during the outage with exit code " + process.exitValue());
        }
    }

    /** One line on its standard input. */
    void say(String line) {
        try {
            OutputStream in = process.getOutputStream();
            in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            in.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the cell does not listen any more", e);
        }
    }

    /** What it has measured. */
    Figures awaitFigures(Duration watch) throws IOException, InterruptedException {
        StringBuilder figures = new StringBuilder();
        while (true) {
            String line = next(watch.plus(TO_END), "to end");
            if (line.equals(CellCommand.END)) {
                return Figures.parse(figures.toString());
            }
            figures.append(line).append('\n');
        }
    }

    private String next(Duration patience, String what) throws IOException, InterruptedException {
        String line = printed.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
        if (line == null) {
            throw broken("took more than " + patience.toSeconds() + " s " + what);
        }
        if (line.equals(GONE)) {
            throw broken("was gone before it had its figures");
        }
        return line;
    }

    private IOException broken(String what) {
        return new IOException("the cell " + what + "; the end of its log:\n" + logTail());
    }

    private String logTail() {
        try {
            List<String> lines = new String(Files.readAllBytes(errors), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
        } catch (IOException e) {
            return "(none: " + e.getMessage() + ")";
        }
    }

    private void read() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                printed.add(line);
            }
        } catch (IOException e) {
            // ended by us
        }
        printed.add(GONE);
    }

    /** Ends it by its own handle. */
    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        try {
            boolean unused = process.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        unhook();
        Files.deleteIfExists(errors);
    }

    private void unhook() {
        try {
            Runtime.getRuntime().removeShutdownHook(belt);
        } catch (IllegalStateException e) {
            // the JVM is going down, and the hook does its work
        }
    }
}
