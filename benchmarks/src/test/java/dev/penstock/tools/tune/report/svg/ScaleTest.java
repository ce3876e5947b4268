package dev.penstock.tools.tune.report.svg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class ScaleTest {
    @Test
    void linear() {
        Scale scale = Scale.linear(100, 200, 0);

        assertThat(scale.at(0)).isEqualTo(200);
        assertThat(scale.at(50)).isEqualTo(100);
        assertThat(scale.at(100)).isEqualTo(0);
    }

    @Test
    void aDecadeIsAsLongAsAnother() {
        Scale scale = Scale.logarithmic(1, 100_000, 0, 500);

        assertThat(scale.at(10)).isEqualTo(100, within(1e-9));
        assertThat(scale.at(10_000)).isEqualTo(400, within(1e-9));
    }

    @Test
    void whatIsBeyondIsDrawnAtTheEdge() {
        Scale scale = Scale.logarithmic(10, 1_000, 0, 100);

        assertThat(scale.at(0)).isEqualTo(0);
        assertThat(scale.at(1e9)).isEqualTo(100);
        assertThat(scale.holds(5)).isFalse();
        assertThat(scale.holds(Double.NaN)).isFalse();
    }

    @Test
    void itsEndsMustBeApart() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Scale(5, 5, List.of(), DoubleUnaryOperator.identity(), 0, 1))
                .withMessage("ends must be finite and low below high, but were 5.0, 5.0");
    }
}
