package dev.penstock.tools.tune.report.svg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class TicksProperties {
    @Example
    void areRoundNumbers() {
        assertThat(Ticks.linear(8.7)).containsExactly(0.0, 2.0, 4.0, 6.0, 8.0, 10.0);
        assertThat(Ticks.linear(0.3)).containsExactly(0.0, 0.1, 0.2, 0.3);
        assertThat(Ticks.linear(0)).startsWith(0.0).endsWith(1.0);
        assertThat(Ticks.counts(64)).containsExactly(0.0, 20.0, 40.0, 60.0);
        assertThat(Ticks.counts(3)).containsExactly(0.0, 1.0, 2.0, 3.0);
        assertThat(Ticks.logarithmic(3, 70)).containsExactly(2.0, 5.0, 10.0, 20.0, 50.0, 100.0);
        assertThat(Ticks.logarithmic(3, 70_000)).containsExactly(1.0, 10.0, 100.0, 1e3, 1e4, 1e5);
    }

    @Property
    void linearOnesEncloseTheValuesAndAreFew(@ForAll @DoubleRange(min = -9, max = 18) double exponent) {
        double highest = Math.pow(10, exponent);
        List<Double> ticks = Ticks.linear(highest);

        assertThat(ticks).hasSizeBetween(2, 7).first().isEqualTo(0.0);
        assertThat(ticks.get(ticks.size() - 1)).isBetween(highest * (1 - 1e-9), highest * 2);
        assertThat(ticks).isSorted().doesNotHaveDuplicates();
    }

    @Property
    void logarithmicOnesToo(
            @ForAll @DoubleRange(min = -3, max = 9) double exponent, @ForAll @DoubleRange(max = 9) double decades) {
        double lowest = Math.pow(10, exponent);
        double highest = lowest * Math.pow(10, decades);
        List<Double> ticks = Ticks.logarithmic(lowest, highest);

        assertThat(ticks).hasSizeBetween(2, 12).isSorted().doesNotHaveDuplicates();
        assertThat(ticks.get(0)).isLessThanOrEqualTo(lowest * (1 + 1e-8));
        assertThat(ticks.get(ticks.size() - 1)).isGreaterThanOrEqualTo(highest * (1 - 1e-8));
    }

    @Property
    void countsAreWhole(@ForAll @IntRange(min = 1, max = 100_000) int highest) {
        assertThat(Ticks.counts(highest))
                .hasSizeBetween(2, 7)
                .allSatisfy(tick -> assertThat(tick % 1).isZero());
    }
}
