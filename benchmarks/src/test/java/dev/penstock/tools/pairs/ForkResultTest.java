package dev.penstock.tools.pairs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ForkResultTest {
    @Test
    void isReadBackAsItWasPrinted() throws IOException {
        ForkResult result = ForkResult.of(new double[] {100, 200, 300}, new double[] {150, 250, 290});

        assertThat(ForkResult.parse(result.print())).isEqualTo(new ForkResult(200, 250, 200, 230));
    }

    @Test
    void driftFromPairToPairCancelsOut() {
        double[] plain = {100, 100, 100, 100, 100, 900, 900, 900, 900, 900};
        double[] penstock = {110, 110, 110, 110, 110, 910, 910, 910, 910, 5_000};

        ForkResult result = ForkResult.of(plain, penstock);

        assertThat(result.plainMean()).isEqualTo(500);
        assertThat(result.penstockMean()).isEqualTo(510);
    }

    @Test
    void ratioIsPenstockOverPlain() {
        ForkResult result = new ForkResult(200, 210, 400, 408);

        assertThat(result.ratio()).isEqualTo(1.02);
        assertThat(result.medianRatio()).isEqualTo(1.05);
    }

    @Test
    void aForkThatDiedIsNoResult() {
        assertThatThrownBy(() -> ForkResult.parse("plain.median=1\n"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("penstock.median");
    }
}
