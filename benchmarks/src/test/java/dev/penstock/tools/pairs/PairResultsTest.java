package dev.penstock.tools.pairs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class PairResultsTest {
    private static final PairResults RESULTS = new PairResults(List.of(fork(100, 110), fork(200, 240), fork(300, 330)));

    private static ForkResult fork(double plain, double penstock) {
        return new ForkResult(plain - 10, penstock - 10, plain, penstock);
    }

    @Test
    void theRatioIsTheGeometricMeanOfTheForks() {
        assertThat(RESULTS.ratio().estimate()).isCloseTo(Math.cbrt(1.1 * 1.2 * 1.1), within(1e-9));
        assertThat(RESULTS.medianRatio().estimate())
                .isGreaterThan(RESULTS.ratio().estimate());
    }

    @Test
    void aboveIsTheMeanAndEachSideTheMedian() {
        assertThat(RESULTS.above().estimate()).isCloseTo(80.0 / 3, within(1e-9));
        assertThat(RESULTS.plain()).isEqualTo(200);
        assertThat(RESULTS.penstock()).isEqualTo(240);
    }
}
