package dev.penstock.tools.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.lab.stats.Interval;
import org.junit.jupiter.api.Test;

class PromisedTest {
    private static final Interval AROUND = new Interval(1.01, 1.04, 1.07);

    @Test
    void inFullKeptMeansShown() {
        assertThat(Promised.atMost(SuiteEffort.FULL, 1.05, "x", AROUND))
                .isEqualTo(new Figure.Kept("upper 95 % bound at most 1.05 x", false));
        assertThat(Promised.atMost(SuiteEffort.FULL, 1.07, "x", AROUND).kept()).isTrue();
    }

    @Test
    void quicklyBrokenMeansShown() {
        assertThat(Promised.atMost(SuiteEffort.QUICK, 1.05, "x", AROUND))
                .isEqualTo(new Figure.Kept("lower 95 % bound at most 1.05 x", true));
        assertThat(Promised.atMost(SuiteEffort.QUICK, 1, "x", AROUND).kept()).isFalse();
    }

    @Test
    void ofTwoPromisesBothMustBeKept() {
        Figure.Kept kept = Promised.atMost(SuiteEffort.FULL, 45, "ns", new Interval(1, 2, 3));

        assertThat(Promised.both(kept, new Figure.Kept("at most 64 B", false)))
                .isEqualTo(new Figure.Kept("upper 95 % bound at most 45 ns, at most 64 B", false));
        assertThat(Promised.both(kept, kept).kept()).isTrue();
    }
}
