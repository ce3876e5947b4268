package dev.penstock.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RolloutTest {
    @ParameterizedTest
    @CsvSource({
        "in-place,   10, 0",
        "blue-green, 10, 10",
        "2,          10, 2",
        "0,          10, 0",
        "25%,        10, 3", // 2.5, rounded up
        "25%,         1, 1",
        "25%,         8, 2",
        "100%,        7, 7",
        "0%,         10, 0",
        "1000%, 1000000, 10000000",
    })
    void soManyRunBesideTheOthers(String text, int replicas, long surge) {
        Rollout rollout = Rollout.parse(text);

        assertThat(rollout.surge(replicas)).isEqualTo(surge);
        assertThat(rollout).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "%", "-1", "2.5", "25 %", "Blue-Green", "1e3", "10000000000"})
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> Rollout.parse(text))
                .isInstanceOf(InvalidBudgetException.class)
                .hasMessage("rollout must be in-place, blue-green, a count such as 2, or a percentage such as 25%,"
                        + " but was '" + text + "'");
    }

    @Test
    void amountsHaveBounds() {
        assertThatThrownBy(() -> Rollout.perCent(1001)).hasMessage("amount must be between 0 and 1000, but was 1001");
        assertThatThrownBy(() -> Rollout.count(-1)).hasMessage("amount must be between 0 and 1000000, but was -1");
        assertThatThrownBy(() -> new Rollout(Rollout.Kind.BLUE_GREEN, 1))
                .hasMessage("amount must be between 0 and 0, but was 1");
    }
}
