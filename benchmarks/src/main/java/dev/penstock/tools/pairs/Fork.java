package dev.penstock.tools.pairs;

import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.lab.postgres.TlsMaterial;
import dev.penstock.tools.PenstockTools;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A child JVM that measures. Ended with this JVM, whatever ends that. */
final class Fork {
    private final PostgresServer server;

    Fork(PostgresServer server) {
        this.server = server;
    }

    /** Runs one fork to its end. */
    ForkResult run(ForkPlan plan, long seed) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command(plan, seed))
                .redirectError(Redirect.INHERIT)
                .start();
        Thread belt = new Thread(process::destroyForcibly, "fork-belt");
        Runtime.getRuntime().addShutdownHook(belt);
        try (OutputStream in = process.getOutputStream()) {
            in.write((server.password() + "\n").getBytes(StandardCharsets.UTF_8));
            in.flush();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int exit = process.waitFor();
            if (exit != 0) {
                throw new IOException("the fork failed with exit code " + exit);
            }
            return ForkResult.parse(printed);
        } finally {
            process.destroyForcibly();
            unhook(belt);
        }
    }

    private static void unhook(Thread belt) {
        try {
            Runtime.getRuntime().removeShutdownHook(belt);
        } catch (IllegalStateException e) {
            // the JVM is going down, and the hook does its work
        }
    }

    private List<String> command(ForkPlan plan, long seed) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms256m",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                PenstockTools.class.getName(),
                "bench",
                plan.command(),
                "--port=" + server.port(),
                "--seed=" + seed));
        command.addAll(plan.options());
        TlsMaterial tls = server.tls();
        if (plan.tls() && tls != null) {
            command.add("--ca=" + tls.caCertificate());
        }
        return command;
    }
}
