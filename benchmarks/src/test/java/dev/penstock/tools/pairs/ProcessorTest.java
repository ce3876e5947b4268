package dev.penstock.tools.pairs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessorTest {
    private static final int NO_SUCH = 9_999;

    @ParameterizedTest
    @CsvSource({"'0-1', 0", "'3,5-7', 3", "'11', 11"})
    void isTheFirstThatIsAllowed(String list, int first) {
        assertThat(Processor.firstOf(
                        "Name:\tjava\nCpus_allowed:\tff\nCpus_allowed_list:\t" + list + "\nMems_allowed:\t1\n"))
                .contains(new Processor(first));
    }

    @Test
    void isNoneWhereNothingIsSaid() {
        assertThat(Processor.firstOf("Name:\tjava\n")).isEmpty();
    }

    /** A process of its own: this JVM goes on to use them all. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void aProcessStaysThere() throws Exception {
        Process process = new ProcessBuilder("sleep", "60").start();
        try {
            Processor first = Processor.first().orElseThrow();

            first.keep(process.pid());

            assertThat(Files.readString(Path.of("/proc/" + process.pid() + "/status")))
                    .containsPattern("(?m)^Cpus_allowed_list:\\s*" + first.number() + "$");
            assertThatThrownBy(() -> new Processor(NO_SUCH).keep(process.pid()))
                    .isInstanceOf(IOException.class)
                    .hasMessage("taskset could not keep process " + process.pid() + " on processor " + NO_SUCH);
        } finally {
            process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }
}
