package dev.penstock.tools.suite.groups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrowthTest {
    private static final double[] X = {1_000, 10_000, 100_000};

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5, 1, 1.1, 2})
    void findsTheExponentOfAPower(double exponent) {
        double[] y = Arrays.stream(X).map(x -> 7 * Math.pow(x, exponent)).toArray();

        assertThat(Growth.exponent(X, y)).isCloseTo(exponent, within(1e-9));
    }

    @Test
    void theLineGoesBetweenThePoints() {
        // logarithms to base 10: 3, 4, 5 against 0, 2, 1
        assertThat(Growth.exponent(X, new double[] {1, 100, 10})).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void whatHasNoExponentIsRefused() {
        assertThatThrownBy(() -> Growth.exponent(X, new double[] {1, 2})).hasMessageContaining("but were 3 and 2");
        assertThatThrownBy(() -> Growth.exponent(new double[] {5, 5}, new double[] {1, 2}))
                .hasMessage("the x must differ, but all were 5.0");
        assertThatThrownBy(() -> Growth.exponent(X, new double[] {1, 0, 2}))
                .hasMessage("values must be above 0, but one was 0.0");
    }
}
