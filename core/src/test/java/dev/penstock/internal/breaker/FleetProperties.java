package dev.penstock.internal.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.BreakerMode;
import dev.penstock.ConnectOutcome;
import dev.penstock.PenstockConfig;
import dev.penstock.internal.events.Listeners;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Many instances that lose their server at one instant, each with callers who want connections all the time. Counted
 * are all attempts, the first of each instance among them, by the second in which they begin.
 */
class FleetProperties {
    private static final int INSTANCES = 200;
    private static final int SECONDS = 60;
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final Duration DEADLINE = Duration.ofSeconds(1);
    private static final Duration HEALTHY = Duration.ofMillis(5);
    private static final Duration REFUSAL = Duration.ofMillis(1);

    @Property(tries = 20)
    void noSecondHoldsMoreThanThreeTimesItsShare(@ForAll long seed, @ForAll boolean silent) {
        Random seeds = new Random(seed);
        long[] perSecond = new long[SECONDS];
        for (int i = 0; i < INSTANCES; i++) {
            new Instance(silent, new Random(seeds.nextLong())).loseServer(perSecond);
        }

        LongSummaryStatistics seconds = Arrays.stream(perSecond).summaryStatistics();
        assertThat((double) seconds.getMax())
                .as("the fullest of %s", Arrays.toString(perSecond))
                .isLessThanOrEqualTo(3 * seconds.getAverage());
    }

    @Property(tries = 20)
    void noInstanceTriesMoreThanSixtyTimesInAMinute(@ForAll long seed, @ForAll boolean silent) {
        long[] perSecond = new long[SECONDS];
        new Instance(silent, new Random(seed)).loseServer(perSecond);

        assertThat(Arrays.stream(perSecond).sum()).isBetween(20L, 60L);
    }

    /** One of them. An attempt at a silent server takes as long as it may, one at a dead one next to nothing. */
    private static final class Instance {
        private final VirtualTicker ticker = new VirtualTicker();
        private final CreationBreaker breaker;
        private final boolean silent;

        Instance(boolean silent, Random random) {
            this.silent = silent;
            breaker = new CreationBreaker(
                    "instance",
                    PenstockConfig.builder()
                            .breaker(b -> b.mode(BreakerMode.ON))
                            .build()
                            .breaker(),
                    DEADLINE,
                    new Clockwork(ticker, (task, delay) -> new CompletableFuture<>(), Runnable::run),
                    new Listeners(List.of()),
                    () -> true,
                    random::nextDouble);
            breaker.succeeded(HEALTHY);
        }

        void loseServer(long[] perSecond) {
            long begun = ticker.nanos();
            for (long at = 0; at < SECONDS * SECOND; at = ticker.nanos() - begun) {
                perSecond[(int) (at / SECOND)]++;
                attempt();
                long next = Objects.requireNonNull(breaker.outage()).nextProbeAt();
                ticker.pass(Duration.ofNanos(next - ticker.nanos()));
            }
        }

        private void attempt() {
            Permit permit = breaker.admit();
            Duration limit = permit.kind() == Permit.Kind.PROBE ? breaker.probeLimit() : DEADLINE;
            assertThat(permit.kind()).isNotEqualTo(Permit.Kind.REFUSED);
            Duration took = silent ? limit : REFUSAL;
            ticker.pass(took);
            ConnectOutcome outcome = silent ? ConnectOutcome.TIMED_OUT : ConnectOutcome.UNREACHABLE;
            breaker.failed(permit, Failures.of(outcome, took, limit));
        }
    }
}
