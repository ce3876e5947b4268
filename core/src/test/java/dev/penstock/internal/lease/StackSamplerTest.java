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

    /** Captures of borrows that come so often, over so long. */
    private int captured(StackSampler sampler, long everyNanos, Duration over) {
        int captured = 0;
        for (long until = now + over.toNanos(); now < until; now += everyNanos) {
            if (sampler.sample(now) != null) {
                captured++;
            }
        }
        return captured;
    }

    @Test
    void soManyPerSecondAtMostWhateverTheThroughput() {
        StackSampler sampler = new StackSampler(50, this::tick);

        assertThat(captured(sampler, 20_000, Duration.ofSeconds(10))).isBetween(350, 501);
    }

    @Test
    void everyOneOfFewOnes() {
        StackSampler sampler = new StackSampler(50, this::tick);

        assertThat(captured(sampler, SECOND / 10, Duration.ofSeconds(10))).isEqualTo(100);
    }

    @Test
    void zeroIsNoneEver() {
        StackSampler sampler = new StackSampler(0, this::tick);
        sampler.arm(now);

        assertThat(captured(sampler, SECOND / 1000, Duration.ofSeconds(10))).isZero();
    }

    @Test
    void afterASuspicionEveryOneAtAThousandPerSecond() {
        StackSampler sampler = new StackSampler(50, this::tick);
        sampler.arm(now);

        assertThat(captured(sampler, SECOND / 1000, Duration.ofSeconds(10))).isBetween(9_900, 10_001);
    }

    @Test
    void withinTwoPerCentOfACore() {
        StackSampler sampler = new StackSampler(50, this::tick);
        sampler.arm(now);
        int captured = captured(sampler, SECOND / 100_000, Duration.ofSeconds(10));

        assertThat(captured * COST).isBetween(SECOND * 10 / 60, SECOND * 10 / 50 + SECOND / 50);
    }

    @Test
    void andOnlyForAWhile() {
        StackSampler sampler = new StackSampler(50, this::tick);
        sampler.arm(now);
        now += StackSampler.ARMED_FOR.toNanos();

        assertThat(captured(sampler, SECOND / 1000, Duration.ofSeconds(10))).isLessThan(510);
    }

    @Test
    void aNewSuspicionProlongsIt() {
        StackSampler sampler = new StackSampler(50, this::tick);
        sampler.arm(now);
        now += StackSampler.ARMED_FOR.toNanos() / 2;
        sampler.arm(now);
        now += StackSampler.ARMED_FOR.toNanos() / 2 + SECOND;

        assertThat(captured(sampler, SECOND / 1000, Duration.ofSeconds(10))).isGreaterThan(9_900);
    }

    @Test
    void allOfThemForATest() {
        StackSampler sampler = new StackSampler(0, this::tick);
        sampler.captureAll(true);
        assertThat(captured(sampler, 20_000, Duration.ofMillis(10))).isEqualTo(500);

        sampler.captureAll(false);
        assertThat(captured(sampler, 20_000, Duration.ofMillis(10))).isZero();
    }

    @Test
    void whatIsCapturedIsTheBorrowersStack() {
        BorrowStack stack = new StackSampler(50, this::tick).sample(now);

        assertThat(stack).isNotNull();
        assertThat(stack.getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals("whatIsCapturedIsTheBorrowersStack"));
    }
}
