package dev.penstock.tools.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.lab.stats.Interval;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GroupResultTest {
    private static final Figure GOOD = Reports.row("Penstock", 1, 1, 1);

    /** What a group does. */
    interface Work {
        List<Figure> figures() throws Exception;
    }

    private static GroupResult result(Work work) throws InterruptedException {
        Group group = new Group() {
            @Override
            public String name() {
                return "made up";
            }

            @Override
            public Duration takes(SuiteEffort effort) {
                return Duration.ZERO;
            }

            @Override
            public List<Figure> measure(SuiteEffort effort, Consumer<String> progress) throws Exception {
                return work.figures();
            }
        };
        return GroupResult.of(group, SuiteEffort.QUICK, line -> {});
    }

    @Test
    void figuresAreKept() throws InterruptedException {
        assertThat(result(() -> List.of(GOOD))).isEqualTo(new GroupResult("made up", List.of(GOOD), null));
    }

    @Test
    void aGroupThatFailsSaysWhy() throws InterruptedException {
        GroupResult result = result(() -> {
            throw new IOException("the fork failed\nwith more to say");
        });

        assertThat(result.failure()).isEqualTo("java.io.IOException: the fork failed");
        assertThat(result.kept()).isFalse();
    }

    @Test
    void anInterruptEndsTheOthersToo() {
        assertThatThrownBy(() -> result(() -> {
                    throw new InterruptedException();
                }))
                .isInstanceOf(InterruptedException.class);
    }

    @ParameterizedTest
    @MethodSource("bad")
    void whatCouldNotBeComparedLaterIsNoFigure(Work work, String rule) throws InterruptedException {
        assertThat(result(work).failure()).contains(rule);
    }

    static Stream<Arguments> bad() {
        return Stream.of(
                bad(List::of, "a group must measure something"),
                bad(() -> List.of(GOOD, GOOD), "a name must be the only one of its kind, but was Penstock"),
                bad(() -> List.of(Reports.bare("two\nlines")), "a name must be one line"),
                bad(() -> List.of(Reports.bare(" ")), "a name must be one line"),
                bad(() -> List.of(withUnit("per second")), "a unit must be one word, but was per second"),
                bad(() -> List.of(withUnit("")), "a unit must be one word, but was "),
                bad(() -> List.of(Reports.row("NaN", 1, Double.NaN, 1)), "a figure must be finite, but was NaN, 250.1"),
                bad(
                        () -> List.of(Reports.row("Free", -1, 0, 1)),
                        "a ratio must be above 0, but was Free, Interval[low=-1"),
                bad(() -> List.of(Reports.row("Odd", 2, 1, 3)), "a ratio must be within its interval, but was Odd"),
                bad(
                        () -> List.of(new Figure("B", 1, "ns", null, null, Double.POSITIVE_INFINITY, 2, null)),
                        "a figure must be finite"));
    }

    private static Arguments bad(Work work, String rule) {
        return Arguments.of(work, rule);
    }

    private static Figure withUnit(String unit) {
        return new Figure("Penstock", 1, unit, null, null, null, 2, null);
    }

    @Test
    void aBrokenPromiseIsFound() {
        Figure broken = Reports.row("Slow", new Interval(2, 2, 2), new Figure.Kept("at most 1.05 x", false));
        GroupResult result = new GroupResult("made up", List.of(GOOD, broken), null);

        assertThat(result.kept()).isFalse();
        assertThat(new SuiteReport(SuiteEffort.FULL, Reports.FACTS, List.of(result)).verdict())
                .containsExactly(
                        "BROKEN  made up: Slow: 2 x (95 %: 2 to 2), above by 36 ns (-4.2 to 40.4); at most 1.05 x",
                        "1 groups, full: 1 of 1 promises broken");
    }
}
