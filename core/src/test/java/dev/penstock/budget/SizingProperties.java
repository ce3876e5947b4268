package dev.penstock.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalInt;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;

/** What must be so of every workload. */
@Tag("once") // arithmetic, the same on every JDK
class SizingProperties {
    @Provide
    Arbitrary<Workload> any() {
        return workloads(1e6, Duration.ofSeconds(1_000_000), 1e6);
    }

    /** Of which a pool of thousands is enough. */
    @Provide
    Arbitrary<Workload> usual() {
        return workloads(1e3, Duration.ofSeconds(2), 10);
    }

    private static Arbitrary<Workload> workloads(double rate, Duration hold, double variation) {
        return Combinators.combine(
                        Arbitraries.doubles().between(0, rate),
                        Arbitraries.longs().between(1, hold.toNanos()).map(Duration::ofNanos),
                        Arbitraries.doubles().between(0, variation),
                        Arbitraries.doubles().between(0, variation))
                .as(Workload::new);
    }

    @Property(tries = 300)
    void figuresAreNumbersUpToAMillion(
            @ForAll("any") Workload workload,
            @ForAll @IntRange(min = 1, max = 1_000_000) int connections,
            @ForAll @DoubleRange(min = 0.001, max = 0.999999) @Scale(6) double quantile) {
        Wait wait = Wait.of(workload, connections);

        assertThat(wait.probability()).isBetween(0.0, 1.0);
        assertThat(wait.utilisation()).isFinite().isNotNegative();
        assertThat(wait.mean().isPresent()).isEqualTo(wait.isStable());
        wait.mean().ifPresent(mean -> assertThat(mean).isGreaterThanOrEqualTo(Duration.ZERO));
        wait.quantile(quantile).ifPresent(time -> assertThat(time).isGreaterThanOrEqualTo(Duration.ZERO));
    }

    /** The very next to as many as there are connections. */
    @Property(tries = 300)
    void figuresAreNumbersAtTheEdge(@ForAll @IntRange(min = 1, max = 1_000_000) int connections) {
        double probability = Erlang.waits(connections, Math.nextDown((double) connections));

        assertThat(probability).isBetween(0.99, 1.0);
    }

    @Property
    void oneConnectionMoreNeverMakesAnybodyWaitLonger(
            @ForAll("usual") Workload workload, @ForAll @IntRange(min = 1, max = 2_100) int connections) {
        Wait one = Wait.of(workload, connections);
        Wait more = Wait.of(workload, connections + 1);

        assertThat(more.probability()).isLessThanOrEqualTo(one.probability());
        if (one.isStable()) {
            assertThat(more.quantile(0.99).orElseThrow())
                    .isLessThanOrEqualTo(one.quantile(0.99).orElseThrow());
        }
    }

    @Property
    void thePoolIsTheSmallestThatKeepsThePromise(
            @ForAll("usual") Workload workload,
            @ForAll @DoubleRange(min = 0.5, max = 0.9999) @Scale(4) double quantile,
            @ForAll @IntRange(max = 1_000) int millis) {
        Duration longest = Duration.ofMillis(millis);
        OptionalInt connections = PoolSizing.connections(workload, quantile, longest);

        assertThat(connections).isPresent();
        assertThat(keeps(workload, connections.getAsInt(), quantile, longest)).isTrue();
        if (connections.getAsInt() > 1) {
            assertThat(keeps(workload, connections.getAsInt() - 1, quantile, longest))
                    .isFalse();
        }
    }

    private static boolean keeps(Workload workload, int connections, double quantile, Duration longest) {
        return Wait.of(workload, connections).keeps(quantile, Seconds.of(longest));
    }
}
