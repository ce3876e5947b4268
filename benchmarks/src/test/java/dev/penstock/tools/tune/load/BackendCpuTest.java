package dev.penstock.tools.tune.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackendCpuTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    @TempDir
    private Path processes;

    private void process(int pid, String commandLine, int user, int system) throws IOException {
        Path process = Files.createDirectories(processes.resolve(Integer.toString(pid)));
        Files.writeString(process.resolve("cmdline"), commandLine);
        // the name may have blanks and parentheses
        Files.writeString(
                process.resolve("stat"),
                pid + " (a (b) c) S 1 2 3 4 5 6 7 8 9 10 " + user + " " + system + " 0 0 20 0 1 0");
    }

    @Test
    void userAndSystemTimeOfAllOfThemCount() throws IOException {
        process(7, "postgres: app shop 127.0.0.1(4711) idle", 100, 20);
        process(8, "postgres: app shop 127.0.0.1(4712) idle", 3, 0);
        BackendCpu cpu = new BackendCpu(processes, List.of(7, 8));

        assertThat(cpu.ticks()).isEqualTo(123);
        // a whole second of one processor
        assertThat(cpu.share(123L, 223L, SECOND))
                .isCloseTo(1.0 / Runtime.getRuntime().availableProcessors(), within(1e-9));
        assertThat(cpu.share(0L, 1_000_000L, SECOND)).isEqualTo(1);
    }

    @Test
    void whatIsNotHereIsNotSeen() throws IOException {
        process(7, "postgres: app shop 127.0.0.1(4711) idle", 100, 20);
        process(9, "/usr/bin/something", 100, 20);

        assertThat(new BackendCpu(processes, List.of(7, 8)).ticks()).isNull();
        assertThat(new BackendCpu(processes, List.of(7, 9)).ticks()).isNull();
        assertThat(new BackendCpu(processes, List.of(7)).share(null, 5L, SECOND))
                .isNull();
    }
}
