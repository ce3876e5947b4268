package dev.penstock.bench.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class OutcomeTest {
    private static final Outcome OUTCOME = new Outcome(List.of(pair(1000, 1020), pair(1000, 1030), pair(1000, 1040)));

    @Test
    void theUpperEndOfTheIntervalIsJudged() {
        assertThat(OUTCOME.ratio().estimate()).isBetween(1.0299, 1.0301);
        assertThat(OUTCOME.keeps(1.06)).isTrue();
        assertThat(OUTCOME.keeps(1.05)).isFalse(); // 1.030 is below, 1.055 is not
    }

    @Test
    void saysWhatItJudgedAndHow() {
        assertThat(OUTCOME.lines(1.05))
                .contains("start of the context, medians: 1000 ms without, 1030 ms with")
                .last()
                .isEqualTo("upper 95 % bound 1.055, ABOVE 1.050: BROKEN");
    }

    @Test
    void readsTheLineOfAStart() {
        assertThat(Start.parse("ready 1800 2300 4100 HikariDataSource"))
                .isEqualTo(new Start(1800, 2300, 4100, "HikariDataSource"));
        assertThatThrownBy(() -> Start.parse("ready soon")).hasMessageContaining("ready soon");
    }

    @Test
    void optionsAreCheckedAndHaveDefaults() {
        assertThat(Options.of()).isEqualTo(new Options(30, 1.05, false));
        assertThat(Options.of("--pairs=3", "--most=1.2", "--check")).isEqualTo(new Options(3, 1.2, true));
        assertThatThrownBy(() -> Options.of("--pairs=1")).hasMessage(Options.USAGE);
        assertThatThrownBy(() -> Options.of("--fast")).hasMessageStartingWith("unknown: --fast");
    }

    private static Pair pair(long without, long with) {
        return new Pair(
                new Start(without, without + 500, 2 * without, "HikariDataSource"),
                new Start(with, with + 500, 2 * with, "PenstockHikariDataSource"));
    }
}
