package dev.penstock.tools.tune;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.lab.Await;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.lab.process.Command;
import dev.penstock.lab.process.Programs;
import dev.penstock.tools.PenstockTools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C, which takes a process of its own. */
@Tag("once")
@EnabledOnOs(OS.LINUX)
@WithPostgres(settings = "max_connections=40")
class TuneInterruptTest {
    /** Of the user's URL, which counts more than ours: whose sessions they are must be known all the same. */
    private static final String NAME = "ann";

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private final PostgresServer server;

    TuneInterruptTest(PostgresServer server) {
        this.server = server;
    }

    @Test
    void noSessionAndNoSchemaIsLeft() throws Exception {
        String said = interrupted(5, "--mix=write", "--allow-writes");

        assertThat(said).containsPattern("interrupted; schema penstock_tune_[0-9a-f]{16} was dropped");
    }

    /** What the server is at just then would go on for five minutes. */
    @Test
    void noStatementRunsOn() throws Exception {
        // not yet while it is tried out, beside the control session alone
        Path file = Files.writeString(
                folder.resolve("slow.sql"),
                "select pg_sleep(250) where 4 < (select count(*) from pg_stat_activity where application_name = '"
                        + NAME + "');");

        String said = interrupted(5, "--sql=" + file, "--statement-timeout=5m");

        assertThat(said).contains("interrupted; nothing is left on the server");
    }

    @Test
    void notEvenOneThatIsTriedOut() throws Exception {
        Path file = Files.writeString(folder.resolve("slow.sql"), "select pg_sleep(250);");

        String said = interrupted(2, "--sql=" + file, "--statement-timeout=5m");

        assertThat(said).contains("interrupted; nothing is left on the server");
    }

    /** Somebody has waited for it. */
    @Test
    void whatWasMeasuredIsReported() throws Exception {
        Path json = folder.resolve("tune.json");

        String said = interrupted(
                () -> text("errors").contains("1 connection: "), "--sizes=1-8", "--measure=1s", "--json=" + json);

        assertThat(said).contains("interrupted; nothing is left on the server");
        assertThat(text("out"))
                .contains("Too little was measured to recommend a size", "interrupted while size ", "written: " + json);
        assertThat(json).isNotEmptyFile();
    }

    private String interrupted(int sessions, String... options) throws Exception {
        List<String> all = new ArrayList<>(List.of("--sizes=4-4", "--measure=1m"));
        all.addAll(List.of(options));
        return interrupted(() -> sessions() == sessions, all.toArray(String[]::new));
    }

    private String interrupted(BooleanSupplier when, String... options) throws Exception {
        Path errors = folder.resolve("errors");
        Process process = start(errors, options);
        try {
            Await.until("what is to be interrupted", PATIENCE, () -> when.getAsBoolean() || !process.isAlive());
            assertThat(Command.of("kill", "-INT", Long.toString(process.pid())).run())
                    .as(Files.readString(errors))
                    .isZero();

            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(Files.readString(errors)).isEqualTo(130);
            Await.until("no session of ours", PATIENCE, () -> sessions() == 0);
            assertThat(TuneOnServerTest.schemas(server)).isZero();
            return Files.readString(errors);
        } finally {
            process.destroyForcibly();
        }
    }

    private Process start(Path errors, String... options) throws Exception {
        // a shell that runs tests in the background has them ignore Ctrl-C, and their children too
        List<String> command = new ArrayList<>(List.of(
                "env",
                "--default-signal=INT",
                Programs.java().toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                PenstockTools.class.getName(),
                "tune",
                "--url=" + server.jdbcUrl() + "?ApplicationName=" + NAME,
                "--user=" + server.user(),
                "--max-time=10m"));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(errors.toFile());
        builder.environment().put("PGPASSWORD", server.password());
        return builder.start();
    }

    private String text(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int sessions() {
        try {
            return server.backendCount(NAME);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
