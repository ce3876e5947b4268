package dev.penstock.tools.timeouts;

import dev.penstock.lab.process.Command;
import dev.penstock.tools.PenstockTools;
import dev.penstock.tools.report.Row;
import dev.penstock.tools.report.RowVerdict;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM with busy sessions that is stopped (SIGSTOP) and goes on (SIGCONT). */
final class StoppedJvm {
    private StoppedJvm() {}

    /** What came of one. */
    private record Result(int turns, int cut, List<String> examples, Ending runaway) {}

    static List<Row> rows(Means means) throws Exception {
        List<Result> results = new ArrayList<>();
        for (int i = 0; i < means.plan().stops(); i++) {
            results.add(stop(means));
        }
        long seconds = means.plan().stop().toSeconds();
        int turns = results.stream().mapToInt(Result::turns).sum();
        int cut = results.stream().mapToInt(Result::cut).sum();
        Promise afterwards =
                new Promise("after the stop: pg_sleep(60), server line off", Limited.MUST, "57014, reusable");
        return List.of(
                Row.of(
                                "JVM stopped for " + seconds + " s: sessions cut",
                                cut + " of " + turns + " units of work, " + results.size() + " stops",
                                "0",
                                RowVerdict.of(cut == 0 && turns > 0))
                        .with(results.stream()
                                .flatMap(result -> result.examples().stream())
                                .limit(5)
                                .toList()),
                afterwards.row(means, results.stream().map(Result::runaway).toList(), List.of()));
    }

    private static Result stop(Means means) throws IOException, InterruptedException {
        Process jvm = start(means);
        Thread belt = new Thread(jvm::destroyForcibly, "stopped-belt");
        Runtime.getRuntime().addShutdownHook(belt);
        try (BufferedReader lines = jvm.inputReader(StandardCharsets.UTF_8)) {
            say(jvm, means.server().password());
            require(lines.readLine(), BusyCommand.BUSY);
            signal("-STOP", jvm);
            try {
                boolean unused = jvm.waitFor(means.plan().stop().toNanos(), TimeUnit.NANOSECONDS);
            } finally {
                signal("-CONT", jvm);
            }
            say(jvm, "go on");
            return result(lines);
        } finally {
            jvm.destroyForcibly();
            Runtime.getRuntime().removeShutdownHook(belt);
        }
    }

    private static Result result(BufferedReader lines) throws IOException {
        int turns = Integer.parseInt(needed(lines));
        int cut = Integer.parseInt(needed(lines));
        List<String> examples = new ArrayList<>();
        for (int i = 0; i < cut; i++) {
            examples.add(needed(lines));
        }
        return new Result(turns, cut, examples, Ending.decoded(needed(lines)));
    }

    private static Process start(Means means) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PenstockTools.class.getName(),
                        BusyCommand.NAME,
                        "--url=" + means.server().jdbcUrl(),
                        "--user=" + means.server().user()))
                .redirectError(Redirect.INHERIT)
                .start();
    }

    private static void say(Process jvm, String line) throws IOException {
        OutputStream in = jvm.getOutputStream();
        in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        in.flush();
    }

    private static String needed(BufferedReader lines) throws IOException {
        String line = lines.readLine();
        if (line == null) {
            throw new IOException("the busy JVM was gone before it had its figures");
        }
        return line;
    }

    private static void require(String line, String wanted) throws IOException {
        if (!wanted.equals(line)) {
            throw new IOException("the busy JVM said '" + line + "' instead of '" + wanted + "'");
        }
    }

    private static void signal(String signal, Process jvm) {
        int exit = Command.of("kill", signal, Long.toString(jvm.pid())).run();
        if (exit != 0) {
            throw new IllegalStateException("kill " + signal + " failed with " + exit);
        }
    }
}
