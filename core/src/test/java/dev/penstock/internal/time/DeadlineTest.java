package dev.penstock.internal.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Arithmetic on differences, wherever the ticker happens to stand. */
class DeadlineTest {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final long NANOS = LIMIT.toNanos();

    private final AtomicLong now = new AtomicLong();

    @ParameterizedTest
    @ValueSource(longs = {0, -1, 42, Long.MAX_VALUE, Long.MAX_VALUE - 1_000_000_000, Long.MIN_VALUE})
    void itIsTheSameWhereverTheTickerStands(long origin) {
        now.set(origin);
        Deadline deadline = Deadline.after(now::get, LIMIT);
        assertThat(deadline.remainingNanos()).isEqualTo(NANOS);
        assertThat(deadline.elapsed()).isZero();

        now.set(origin + NANOS - 1);
        assertThat(deadline.expired()).isFalse();
        assertThat(deadline.remainingNanos()).isOne();

        now.set(origin + NANOS);
        assertThat(deadline.expired()).isTrue();
        assertThat(deadline.remainingNanos()).isZero();

        now.set(origin + NANOS + 7);
        assertThat(deadline.remainingNanos()).isEqualTo(-7);
        assertThat(deadline.elapsedNanos()).isEqualTo(NANOS + 7);
        assertThat(deadline.limit()).isEqualTo(LIMIT);
    }

    @Test
    void tickerTimesBecomeTimesSinceTheStartAcrossAnOverflow() {
        now.set(Long.MAX_VALUE - 10);
        Deadline deadline = Deadline.after(now::get, LIMIT);

        assertThat(deadline.elapsedNanosAt(Long.MAX_VALUE)).isEqualTo(10);
        assertThat(deadline.elapsedNanosAt(Long.MIN_VALUE)).isEqualTo(11);
        assertThat(deadline.elapsedNanosAt(Long.MAX_VALUE - 30)).isEqualTo(-20);
    }

    @Test
    void aDeadlineOfAYearDoesNotOverflow() {
        now.set(Long.MAX_VALUE);
        Deadline deadline = Deadline.after(now::get, Duration.ofDays(365));
        now.addAndGet(Duration.ofDays(364).toNanos());

        assertThat(deadline.expired()).isFalse();
        assertThat(deadline.remainingNanos()).isEqualTo(Duration.ofDays(1).toNanos());
    }
}
