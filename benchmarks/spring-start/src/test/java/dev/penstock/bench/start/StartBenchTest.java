package dev.penstock.bench.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whether it runs and judges; what it measures here is not worth a look. */
@Tag("once") // it starts JVMs of its own, and shows the same on every JDK
class StartBenchTest {
    @Test
    void startsBothSidesAndJudges() throws Exception {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        int exitCode = new StartBench(new Options(2, 1e-6, true), new PrintStream(text, true, StandardCharsets.UTF_8))
                .run(System.getProperty("java.class.path"));

        assertThat(text.toString(StandardCharsets.UTF_8))
                .contains("pair   2 of 2: without ")
                .contains("ABOVE 0.000: BROKEN");
        assertThat(exitCode).isEqualTo(1);
    }
}
