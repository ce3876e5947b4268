package dev.penstock.tools.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.lab.Await;
import dev.penstock.lab.process.Programs;
import dev.penstock.tools.PenstockTools;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A signal to the process alone, which its forks do not get. */
@Tag("once")
@EnabledOnOs(OS.LINUX)
class BenchProcessTest {
    /** Two servers and two JVMs start one after the other. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** All servers of the run have their data here, which tells them from others. */
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"gate", "round trip"})
    void anInterruptEndsForksAndServers(String group) throws Exception {
        Process bench = new ProcessBuilder(
                        Programs.java().toString(),
                        "-Djmh.ignoreLock=true",
                        "-Djava.io.tmpdir=" + folder,
                        "-Dot.epg.working-dir=" + Path.of(System.getProperty("java.io.tmpdir"), "embedded-pg"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        PenstockTools.class.getName(),
                        "bench",
                        "--only=" + group)
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD)
                .start();
        try {
            Await.until("a fork is there", PATIENCE, () -> forks(bench) > 0 || !bench.isAlive());
            Await.until("a server is there", PATIENCE, () -> !servers().isEmpty() || !bench.isAlive());
            assertThat(bench.isAlive()).isTrue();
            List<ProcessHandle> all = bench.descendants().toList();

            bench.destroy();

            assertThat(bench.waitFor(30, TimeUnit.SECONDS)).isTrue();
            Await.until(
                    "nobody is left",
                    PATIENCE,
                    () -> all.stream().noneMatch(ProcessHandle::isAlive)
                            && servers().isEmpty());
        } finally {
            end(bench);
        }
    }

    /** In order where that works: who is killed outright leaves a server behind that nobody would look for. */
    private void end(Process bench) throws InterruptedException {
        List<ProcessHandle> all = bench.descendants().toList();
        bench.destroy();
        boolean unused = bench.waitFor(30, TimeUnit.SECONDS);
        bench.destroyForcibly();
        all.forEach(ProcessHandle::destroyForcibly);
        servers().forEach(ProcessHandle::destroy);
        if (!Await.holdsWithin(Duration.ofSeconds(10), () -> servers().isEmpty())) {
            servers().forEach(ProcessHandle::destroyForcibly);
        }
    }

    private static long forks(Process bench) {
        return bench.children().filter(process -> isCalled(process, "java")).count();
    }

    /** They are nobody's children: each has left whoever has started it. */
    private List<ProcessHandle> servers() {
        return ProcessHandle.allProcesses()
                .filter(process -> isCalled(process, "postgres"))
                .filter(process -> process.info().commandLine().orElse("").contains(folder.toString()))
                .toList();
    }

    private static boolean isCalled(ProcessHandle process, String name) {
        return process.info()
                .command()
                .map(command -> command.endsWith("/" + name))
                .orElse(false);
    }
}
