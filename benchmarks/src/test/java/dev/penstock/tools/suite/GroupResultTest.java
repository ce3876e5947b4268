package dev.penstock.tools.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.lab.stats.Interval;
import java.io.IOException;
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
    void whatCouldNotBeComparedLaterIsNoFigure(List<Figure> figures, String rule) throws InterruptedException {
        assertThat(result(() -> figures).failure()).contains(rule);
    }

    static Stream<Arguments> bad() {
        return Stream.of(
                Arguments.of(List.of(), "a group must measure something"),
                Arguments.of(List.of(GOOD, GOOD), "a name must be the only one of its kind, but was Penstock"),
                Arguments.of(List.of(Reports.bare("two\nlines")), "a name must be one line"),
                Arguments.of(List.of(Reports.bare(" ")), "a name must be one line"),
                Arguments.of(
                        List.of(new Figure("two words", 1, "per second", null, null, null, 2, null)),
                        "a unit must be one word, but was per second"),
                Arguments.of(List.of(Reports.row("NaN", 1, Double.NaN, 1)), "a figure must be finite"),
                Arguments.of(
                        List.of(new Figure("B", 1, "ns", null, null, Double.POSITIVE_INFINITY, 2, null)),
                        "a figure must be finite"));
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
