package dev.penstock.internal.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.lab.Await;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SweeperTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration HELD_UP = Duration.ofMillis(700);

    /** What is swept is held up in its first sweeps, as all are when the JVM stands still in the middle of a round. */
    private static final class HeldUp implements Swept {
        private final int heldUp;
        private final CountDownLatch never = new CountDownLatch(1);
        private final AtomicInteger sweeps = new AtomicInteger();
        private final List<Integer> toldBeforeSweep = new CopyOnWriteArrayList<>();

        HeldUp(int heldUp) {
            this.heldUp = heldUp;
        }

        @Override
        public String name() {
            return "held up";
        }

        @Override
        public String task() {
            return "a sweep";
        }

        @Override
        public Duration tick() {
            return Duration.ofMillis(10);
        }

        @Override
        public long longestPause() {
            return 0;
        }

        @Override
        public void stoodStill(long now) {
            toldBeforeSweep.add(sweeps.get());
        }

        @Override
        public long sweep(long now) {
            if (sweeps.getAndIncrement() < heldUp) {
                holdUp();
            }
            return 0;
        }

        private void holdUp() {
            try {
                boolean unused = never.await(HELD_UP.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Test
    void whoeverIsSweptAfterARoundThatWasHeldUpIsToldBefore() {
        HeldUp swept = new HeldUp(1);
        Turn turn = Sweeper.OF_LIMITS.add(swept);
        try {
            assertThat(turn).isNotNull();
            Await.until("the second sweep", SOON, () -> swept.sweeps.get() >= 2);
            assertThat(swept.toldBeforeSweep).contains(1);
        } finally {
            Sweeper.OF_LIMITS.remove(swept);
        }
    }

    /** Else nothing would ever be due where the machine is that slow. */
    @Test
    void whereAllRoundsTakeLongThatIsToldOnce() {
        HeldUp swept = new HeldUp(4);
        Turn turn = Sweeper.OF_LIMITS.add(swept);
        try {
            assertThat(turn).isNotNull();
            Await.until("four long sweeps", SOON, () -> swept.sweeps.get() > 4);
            assertThat(swept.toldBeforeSweep).contains(1).doesNotContain(2, 3, 4);
        } finally {
            Sweeper.OF_LIMITS.remove(swept);
        }
    }
}
