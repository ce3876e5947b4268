package dev.penstock.tools.deadlines;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HandshakeTest {
    @Test
    void offsetsGoFromTheFirstByteToShortlyBeforeTheLast() {
        assertThat(Handshake.offsets(167, 50)).containsExactly(0, 50, 100, 150);
        assertThat(Handshake.offsets(166, 50)).containsExactly(0, 50, 100);
    }

    @Test
    void theMatrixStallsAtEveryStepInPlainAndInTls() {
        List<String> names = FaultMatrix.cases(new Handshake(120, 170)).stream()
                .map(FaultCase::name)
                .filter(name -> name.startsWith("stall"))
                .toList();

        assertThat(names)
                .containsExactly(
                        "stall at byte 0",
                        "stall at byte 50",
                        "stall at byte 100",
                        "stall at byte 0, TLS",
                        "stall at byte 50, TLS",
                        "stall at byte 100, TLS",
                        "stall at byte 150, TLS");
    }

    @Test
    void noTwoCasesShareAName() {
        assertThat(FaultMatrix.cases(new Handshake(600, 2_000)))
                .extracting(FaultCase::name)
                .doesNotHaveDuplicates();
    }
}
