package dev.penstock.tools.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.lab.stats.Interval;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;

class ResultsRoundTripProperties {
    @Property(tries = 300)
    void whatIsWrittenIsReadAgain(@ForAll("reports") SuiteReport report) throws BadResultsException {
        SuiteReport rounded = report.rounded();

        assertThat(ResultsReader.read(ResultsWriter.markdown(report))).isEqualTo(rounded);
        assertThat(rounded.rounded()).isEqualTo(rounded);
    }

    @Property(tries = 1000)
    void fourDigitsAreNearEnough(@ForAll @DoubleRange(min = -1e12, max = 1e12) double value) {
        double rounded = Digits.rounded(value);

        assertThat(Math.abs(rounded - value)).isLessThanOrEqualTo(Math.abs(value) * 5.0001e-4);
        assertThat(Double.parseDouble(Digits.text(value))).isEqualTo(rounded == 0 ? 0 : rounded);
    }

    @Provide
    Arbitrary<SuiteReport> reports() {
        Arbitrary<Map<String, String>> facts =
                Arbitraries.maps(words(), words()).ofMaxSize(4).filter(map -> !map.containsKey("mode"));
        return Combinators.combine(
                        Arbitraries.of(SuiteEffort.class),
                        facts,
                        groups().list()
                                .uniqueElements(GroupResult::group)
                                .ofMinSize(1)
                                .ofMaxSize(4))
                .as((effort, all, groups) -> new SuiteReport(effort, all, groups));
    }

    private static Arbitrary<GroupResult> groups() {
        Arbitrary<GroupResult> failed =
                Combinators.combine(words(), words()).as((name, why) -> new GroupResult(name, List.of(), why));
        Arbitrary<GroupResult> measured = Combinators.combine(
                        words(),
                        figures()
                                .list()
                                .uniqueElements(Figure::name)
                                .ofMinSize(1)
                                .ofMaxSize(6))
                .as((name, figures) -> new GroupResult(name, figures, null));
        return Arbitraries.oneOf(failed, measured);
    }

    private static Arbitrary<Figure> figures() {
        Arbitrary<Figure.Kept> promises =
                Combinators.combine(words(), Arbitraries.of(true, false)).as(Figure.Kept::new);
        return Combinators.combine(
                        words(),
                        numbers(),
                        Arbitraries.of("ns", "us", "ms", "B"),
                        intervals(Arbitraries.doubles().between(0.01, 1e9)).injectNull(0.3),
                        intervals(numbers()).injectNull(0.3),
                        numbers().injectNull(0.3),
                        Arbitraries.integers().between(0, 999_999),
                        promises.injectNull(0.3))
                .as(Figure::new);
    }

    private static Arbitrary<Interval> intervals(Arbitrary<Double> numbers) {
        return numbers.list().ofSize(3).map(three -> {
            List<Double> sorted = three.stream().sorted().toList();
            return new Interval(sorted.get(0), sorted.get(1), sorted.get(2));
        });
    }

    private static Arbitrary<Double> numbers() {
        return Arbitraries.doubles().between(-1e9, 1e9);
    }

    /** Also with what tables are made of. */
    private static Arbitrary<String> words() {
        Arbitrary<String> word = Arbitraries.of(
                "Penstock", "|", "a|b", "\\|", "-", ", depth 10", "1.5", "kept", "95 %", "ns", "#", "BROKEN", "x");
        return word.list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(list -> IntStream.range(0, list.size())
                        .mapToObj(i -> (i == 0 ? "" : " ") + list.get(i))
                        .reduce("", String::concat)
                        .strip());
    }
}
