package dev.penstock.tools.outage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CallLogTest {
    private final CallLog log = new CallLog(2);

    @Test
    void everyoneMeansEachOfThem() {
        log.add(new Call(0, Outcome.SERVED, 100, 1));
        log.add(new Call(0, Outcome.SERVED, 200, 1));
        log.add(new Call(1, Outcome.DEAD, 200, 1));
        assertThat(log.everyoneServedSince(100)).isFalse();

        log.add(new Call(1, Outcome.SERVED, 150, 1));

        assertThat(log.everyoneServedSince(150)).isTrue();
        assertThat(log.everyoneServedSince(151)).isFalse();
        assertThat(log.calls()).hasSize(4);
    }
}
