package dev.penstock.hikari;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.lab.process.Command;
import dev.penstock.lab.process.Programs;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A JVM that stands still, as a suspended virtual machine does: what came meanwhile is not late. */
@WithPostgres
@Tag("once") // it starts a JVM of its own, and shows the same on every JDK
@Tag("newest")
class StoppedJvmTest {
    /** Longer than limit and grace together. */
    private static final Duration STOP = Duration.ofMillis(2_500);

    private static final Duration SOON = Duration.ofSeconds(20);

    private final PostgresServer server;

    StoppedJvmTest(PostgresServer server) {
        this.server = server;
    }

    @Test
    void nothingIsCutBecauseOfItAndLimitsHoldAfterwards() throws Exception {
        Process jvm = start();
        try (BufferedReader lines = jvm.inputReader()) {
            assertThat(lines.readLine()).isEqualTo("busy");
            stopAndContinue(jvm);
            jvm.outputWriter().append("go on\n").flush();

            assertThat(lines.readLine()).isEqualTo("cut: {}, told: 0");
            assertThat(lines.readLine()).isEqualTo("runaway: 57014, told: 1");
            assertThat(jvm.waitFor(SOON.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
        } finally {
            jvm.destroyForcibly();
        }
    }

    private Process start() throws IOException {
        return new ProcessBuilder(List.of(
                        Programs.java().toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        BusyMain.class.getName(),
                        Integer.toString(server.port()),
                        server.password()))
                .redirectError(Redirect.INHERIT)
                .start();
    }

    private static void stopAndContinue(Process jvm) throws InterruptedException {
        signal("-STOP", jvm);
        try {
            assertThat(jvm.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS)).isFalse();
        } finally {
            signal("-CONT", jvm);
        }
    }

    private static void signal(String signal, Process jvm) {
        assertThat(Command.of("kill", signal, Long.toString(jvm.pid())).run()).isZero();
    }
}
