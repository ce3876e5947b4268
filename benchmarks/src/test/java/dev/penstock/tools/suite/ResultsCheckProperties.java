package dev.penstock.tools.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.lab.stats.Interval;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;

class ResultsCheckProperties {
    @Property
    void aRunIsNeverWorseThanItself(
            @ForAll @Size(min = 1, max = 10) List<@From("ratios") Interval> ratios,
            @ForAll @DoubleRange(max = 5) double tolerance) {
        SuiteReport run = report(ratios);

        ResultsCheck check = ResultsCheck.of(run, run, Reports.ALL, tolerance);

        assertThat(check.passed()).isTrue();
        assertThat(check.changes()).hasSameSizeAs(ratios).allMatch(change -> change.kind() == RowChange.Kind.SAME);
    }

    @Property
    void whatIsShiftedBeyondToleranceAndIntervalsAlwaysFails(
            @ForAll("ratios") Interval old,
            @ForAll @DoubleRange(max = 5) double tolerance,
            @ForAll @DoubleRange(min = 1.01, max = 10) double beyond) {
        double factor = (1 + tolerance) * (old.high() / old.estimate()) * (old.estimate() / old.low()) * beyond;
        Interval now = new Interval(old.low() * factor, old.estimate() * factor, old.high() * factor);

        assertThat(RowChange.of(old, now, tolerance)).isEqualTo(RowChange.Kind.WORSE);
        assertThat(RowChange.of(now, old, tolerance)).isEqualTo(RowChange.Kind.BETTER);
        assertThat(ResultsCheck.of(report(List.of(old)), report(List.of(now)), Reports.ALL, tolerance)
                        .passed())
                .isFalse();
    }

    @Property
    void whatIsWithinTheToleranceNeverFails(
            @ForAll("ratios") Interval old,
            @ForAll("ratios") Interval now,
            @ForAll @DoubleRange(max = 5) double tolerance) {
        boolean within = now.estimate() <= old.estimate() * (1 + tolerance);

        assertThat(within && RowChange.of(old, now, tolerance).fails()).isFalse();
    }

    @Provide
    Arbitrary<Interval> ratios() {
        Arbitrary<Double> halves = Arbitraries.doubles().between(1, 3);
        return Combinators.combine(Arbitraries.doubles().between(0.1, 100), halves, halves)
                .as((estimate, below, above) -> new Interval(estimate / below, estimate, estimate * above));
    }

    private static SuiteReport report(List<Interval> ratios) {
        return Reports.of(
                SuiteEffort.FULL,
                IntStream.range(0, ratios.size())
                        .mapToObj(i -> Reports.row("row " + i, ratios.get(i), null))
                        .toArray(Figure[]::new));
    }
}
