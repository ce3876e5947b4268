package dev.penstock.internal.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class StackSamplerTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    /** What a capture costs on this clock. */
    private static final long COST = 5_000;

    private long now = 1_000_000_007L;

    /** Each reading costs time, so that a capture does. */
    private long tick() {
        return now += COST;
    }

    /** Captures of borrows that come so often, over so long, with a sweep as often as there is one. */
    private int captured(StackSampler sampler, long everyNanos, Duration over) {
        int captured = 0;
        long sweepAt = now;
        for (long until = now + over.toNanos(); now < until; now += everyNanos) {
            if (now >= sweepAt) {
                sampler.grant(now);
                sweepAt += LeaseDesk.TICK.toNanos();
            }
            if (sampler.sample() != null) {
                captured++;
            }
        }
        return captured;
    }

    private StackSampler sampler(int perSecond) {
        return new StackSampler(perSecond, this::tick);
    }

    @Test
    void soManyPerSecondAtMostWhateverTheThroughput() {
        assertThat(captured(sampler(50), 20_000, Duration.ofSeconds(10))).isBetween(460, 525);
    }

    @Test
    void fewerThanOneInASweepAreNotLost() {
        assertThat(captured(sampler(1), 20_000, Duration.ofMinutes(1))).isBetween(55, 62);
        assertThat(captured(sampler(1), 5 * SECOND, Duration.ofMinutes(10)))
                .as("each of those that come once in five seconds")
                .isBetween(118, 121);
    }

    @Test
    void everyOneOfFewOnes() {
        assertThat(captured(sampler(50), SECOND / 10, Duration.ofSeconds(10))).isEqualTo(100);
    }

    @Test
    void zeroIsNoneEver() {
        StackSampler sampler = sampler(0);
        sampler.arm(now);

        assertThat(captured(sampler, SECOND / 1000, Duration.ofSeconds(10))).isZero();
    }

    @Test
    void afterASuspicionEveryOneAtAThousandPerSecond() {
        StackSampler sampler = sampler(50);
        sampler.arm(now);

        assertThat(captured(sampler, SECOND / 1000, Duration.ofSeconds(10))).isBetween(9_900, 10_001);
    }

    @Test
    void withinTwoPerCentOfACore() {
        StackSampler sampler = sampler(50);
        sampler.arm(now);
        int captured = captured(sampler, SECOND / 100_000, Duration.ofSeconds(10));

        assertThat(captured * COST).isBetween(SECOND * 10 / 60, SECOND * 10 / 50 + SECOND / 50);
    }

    @Test
    void andOnlyForAWhile() {
        StackSampler sampler = sampler(50);
        sampler.arm(now);
        now += StackSampler.ARMED_FOR.toNanos();

        assertThat(captured(sampler, SECOND / 1000, Duration.ofSeconds(10))).isLessThan(550);
    }

    @Test
    void aNewSuspicionProlongsIt() {
        StackSampler sampler = sampler(50);
        sampler.arm(now);
        now += StackSampler.ARMED_FOR.toNanos() / 2;
        sampler.arm(now);
        now += StackSampler.ARMED_FOR.toNanos() / 2 + SECOND;

        assertThat(captured(sampler, SECOND / 1000, Duration.ofSeconds(10))).isGreaterThan(9_900);
    }

    @Test
    void aSweepThatComesLateGrantsNoMoreThanASecondsWorth() {
        StackSampler sampler = sampler(50);
        now += 3600 * SECOND;
        sampler.grant(now);
        int captured = 0;
        while (sampler.sample() != null) {
            captured++;
        }

        assertThat(captured).isBetween(50, 51);
    }

    @Test
    void allOfThemForATest() {
        StackSampler sampler = sampler(0);
        sampler.captureAll(true);
        assertThat(captured(sampler, 20_000, Duration.ofMillis(10))).isEqualTo(334);

        sampler.captureAll(false);
        assertThat(captured(sampler, 20_000, Duration.ofMillis(10))).isZero();
    }

    @Test
    void whatIsCapturedIsTheBorrowersStack() {
        BorrowStack stack = sampler(50).sample();

        assertThat(stack).isNotNull();
        assertThat(stack.getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals("whatIsCapturedIsTheBorrowersStack"));
    }
}
