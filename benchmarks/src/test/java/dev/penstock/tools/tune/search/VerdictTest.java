package dev.penstock.tools.tune.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.tools.tune.search.Recommendation.Verdict;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private static final Server TWELVE = Server.cores(12, 100, 0.01);

    @Test
    void foundAtTheKnee() {
        Findings findings = search(1, 64, null, new ScriptedLoad(TWELVE::rate));

        assertThat(findings.recommendation().verdict()).isEqualTo(Verdict.FOUND);
        assertThat(findings.recommendation().size()).isEqualTo(12);
        assertThat(findings.recommendation().least()).isEqualTo(12);
        assertThat(findings.recommendation().most()).isEqualTo(12);
        assertThat(findings.recommendation().reasons())
                .anyMatch(reason -> reason.startsWith("Size 12 reaches 1200/s, 100 % of the best throughput"))
                .anyMatch(reason -> reason.equals("Size 11 reaches less than 95 % of the best throughput."))
                .anyMatch(reason -> reason.contains("do not follow the Universal Scalability Law"));
        assertThat(findings.stopped()).isNull();
    }

    @Test
    void foundByTheLaw() {
        Server law = Server.usl(100, 0.1, 0.002);

        Findings findings = search(1, 64, null, new ScriptedLoad(law::rate));

        assertThat(findings.recommendation().verdict()).isEqualTo(Verdict.FOUND);
        assertThat(findings.recommendation().size())
                .isEqualTo(new Truth(law, Work.closed(100, 0)).smallest(findings.goal()));
        assertThat(findings.recommendation().reasons())
                .anyMatch(reason -> reason.contains("follow the Universal Scalability Law (contention 0.100"));
    }

    /** Throughput is there from 12 on, the latency from 20 on. */
    @Test
    void foundWhereTheTargetIsMet() {
        Findings findings = search(
                1,
                64,
                Duration.ofMillis(51),
                new ScriptedLoad(size -> Math.min(size, 12) * 100, size -> 1.0 / size, size -> 0.5 / size));

        assertThat(findings.recommendation().verdict()).isEqualTo(Verdict.FOUND);
        assertThat(findings.recommendation().size()).isEqualTo(20);
        assertThat(findings.recommendation().reasons()).anyMatch(reason -> reason.contains("misses the target"));
    }

    /** Where throughput is good enough, latency is not; and where latency is, throughput is not. */
    @Test
    void outOfReachTellsWhatMeetingTheTargetCosts() {
        Findings findings = search(
                1, 64, Duration.ofMillis(50), new ScriptedLoad(TWELVE::rate, size -> 0.008 * size, size -> 0.01));

        assertThat(findings.recommendation().verdict()).isEqualTo(Verdict.TARGET_OUT_OF_REACH);
        assertThat(findings.recommendation().reasons().get(0))
                .startsWith("Size 1 meets the target of 50 ms")
                .contains("reaches only 8 % of the best throughput");
    }

    @Test
    void cappedWhereThroughputStillRises() {
        Findings findings = search(1, 10, null, new ScriptedLoad(TWELVE::rate));

        assertThat(findings.recommendation().verdict()).isEqualTo(Verdict.CAPPED);
        assertThat(findings.recommendation().size()).isEqualTo(10);
        assertThat(findings.recommendation().reasons())
                .contains("Throughput still rises at size 10, the largest that was looked at: more may be better.");
    }

    @Test
    void oneLockIsNoMatterOfThePool() {
        Findings findings = search(1, 64, null, new ScriptedLoad(size -> 500));

        assertThat(findings.recommendation().verdict()).isEqualTo(Verdict.POOL_IS_NOT_THE_BOTTLENECK);
        assertThat(findings.recommendation().size()).isEqualTo(1);
        assertThat(findings.recommendation().reasons()).anyMatch(reason -> reason.contains("a lock"));
    }

    /** What is done outside of the lock lets the second connection gain a little. */
    @Test
    void aLockThatIsHeldForMostOfTheTimeNeither() {
        Findings findings = search(1, 64, null, new ScriptedLoad(size -> size == 1 ? 400 : 500));

        assertThat(findings.recommendation().verdict()).isEqualTo(Verdict.POOL_IS_NOT_THE_BOTTLENECK);
        assertThat(findings.recommendation().size()).isEqualTo(2);
    }

    @Test
    void twoProcessorsAreMadeUseOf() {
        Findings findings = search(1, 64, null, new ScriptedLoad(size -> Math.min(size, 2) * 400));

        assertThat(findings.recommendation().verdict()).isEqualTo(Verdict.FOUND);
        assertThat(findings.recommendation().size()).isEqualTo(2);
    }

    @Test
    void nobodyWaitsBecauseThereAreSoFewCallers() {
        ScriptedLoad sixCallers =
                new ScriptedLoad(size -> Math.min(size, 6) * 100, size -> 0.1, size -> size < 6 ? 0.05 : 0);

        Findings findings = search(1, 64, null, sixCallers);

        assertThat(findings.recommendation().verdict()).isEqualTo(Verdict.POOL_IS_NOT_THE_BOTTLENECK);
        assertThat(findings.recommendation().size()).isEqualTo(6);
        assertThat(findings.recommendation().reasons())
                .anyMatch(reason -> reason.startsWith("At size 6 hardly anybody waits for a connection"));
    }

    @Test
    void outOfReachTellsWhatCameNearest() {
        Findings findings = search(
                1,
                64,
                Duration.ofMillis(20),
                new ScriptedLoad(TWELVE::rate, size -> 0.03 + Math.abs(size - 14) * 0.01, size -> 0.01));

        assertThat(findings.recommendation().verdict()).isEqualTo(Verdict.TARGET_OUT_OF_REACH);
        assertThat(findings.recommendation().size()).isNull();
        assertThat(findings.recommendation().reasons().get(0))
                .matches("No size meets the target of 20 ms: size 1[2-6] came nearest, with a 99th percentile of"
                        + " [345][\\d.]* ms at .*");
    }

    @Test
    void undecidedWhenAllFails() {
        Load failing = (size, effort) -> new Measured(
                size,
                effort.measured(),
                10,
                10,
                new Times(Times.histogram(), Times.histogram(), Times.histogram()),
                null);

        Findings findings = search(1, 64, null, failing);

        assertThat(findings.recommendation().verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(findings.recommendation().size()).isNull();
        assertThat(findings.recommendation().reasons().get(0)).startsWith("Not one unit of work went well in");
        assertThat(findings.fit()).isNull();
    }

    @Test
    void undecidedWhenUnitsTakeLongerThanAMeasurement() {
        Load slow = (size, effort) -> new Measured(
                size,
                effort.measured(),
                0,
                0,
                new Times(Times.histogram(), Times.histogram(), Times.histogram()),
                null);

        Findings findings = search(1, 64, null, slow);

        assertThat(findings.recommendation().verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(findings.recommendation().reasons().get(0))
                .startsWith("Not one unit of work came to its end in")
                .endsWith("measure for longer, by --measure.");
    }

    /** Units may end in a window in which none was due: then there are no times to speak of. */
    @Test
    void aMeasurementWithoutTimesIsNoneOfLatency() {
        Times none = new Times(Times.histogram(), Times.histogram(), Times.histogram());
        ScriptedLoad load = new ScriptedLoad(TWELVE::rate, size -> 0.01, size -> 0.005)
                .at(2, usual -> new Measured(usual.size(), usual.lasted(), 1, 0, none, null));

        Findings findings = search(1, 64, Duration.ofMillis(20), load);

        assertThat(findings.recommendation().size()).isEqualTo(12);
    }

    @Test
    void oneSizeOnly() {
        Findings findings = search(8, 8, Duration.ofMillis(150), new ScriptedLoad(TWELVE::rate));

        assertThat(findings.recommendation().verdict()).isEqualTo(Verdict.FOUND);
        assertThat(findings.recommendation().size()).isEqualTo(8);
        assertThat(findings.recommendation().reasons())
                .anyMatch(reason -> reason.startsWith("No other size was allowed"));
        assertThat(findings.fit()).isNull();
        assertThat(search(8, 8, Duration.ofMillis(50), new ScriptedLoad(TWELVE::rate))
                        .recommendation()
                        .verdict())
                .isEqualTo(Verdict.TARGET_OUT_OF_REACH);
    }

    @Test
    void aSmallestSizeIsKept() {
        ScriptedLoad load = new ScriptedLoad(TWELVE::rate);

        Findings findings = search(5, 40, null, load);

        assertThat(findings.recommendation().verdict()).isEqualTo(Verdict.FOUND);
        assertThat(findings.recommendation().size()).isEqualTo(12);
        assertThat(load.sizes()).allMatch(size -> size >= 5 && size <= 40);
    }

    /** Where the smallest size is enough nobody knows whether fewer connections would be. */
    @Test
    void aRangeThatBeginsTooHighIsSaidToDoSo() {
        Findings findings = search(20, 40, null, new ScriptedLoad(size -> 1_000));

        assertThat(findings.recommendation().verdict()).isEqualTo(Verdict.POOL_IS_NOT_THE_BOTTLENECK);
        assertThat(findings.recommendation().reasons())
                .contains("More connections than 20 bring no more throughput, and fewer were not looked at: allow"
                        + " smaller sizes.");
    }

    /** A checkpoint in any one of the measurements changes nothing. */
    @Test
    void oneStallDoesNotDecide() {
        for (int number = 1; number <= 14; number++) {
            ScriptedLoad load = new ScriptedLoad(TWELVE::rate, size -> 0.1, size -> 0.05);
            load.at(number, usual -> load.measured(usual.size(), Efforts.USUAL, usual.throughput() * 0.7, 3));

            Findings findings = search(1, 64, Duration.ofMillis(150), load);

            assertThat(findings.recommendation().size())
                    .as("stall at %d", number)
                    .isEqualTo(12);
        }
    }

    /** Then it is they who are measured. */
    @Test
    void callersThatHaveNoProcessorTimeLeftAreTold() {
        ScriptedLoad load = new ScriptedLoad(TWELVE::rate);
        Load busy = (size, effort) -> {
            Measured usual = load.measure(size, effort);
            return new Measured(
                    size, usual.lasted(), usual.done(), usual.failed(), usual.times(), size == 16 ? 0.4 : 0.1, 0.5);
        };

        assertThat(search(1, 64, null, busy).recommendation().reasons())
                .contains("The callers took up to 50 % of the processors here, which the server shares: from another"
                        + " machine the server may do more.");
        assertThat(search(1, 64, null, load).recommendation().reasons()).noneMatch(r -> r.contains("callers took"));
    }

    private static Findings search(int smallest, int largest, @Nullable Duration p99, Load load) {
        Goal goal = new Goal(smallest, largest, 0.05, p99);
        SearchLimits limits = new SearchLimits(Efforts.USUAL, Duration.ofHours(2));
        return new SizeSearch(goal, limits, () -> 0, SearchListener.NONE).run(load);
    }
}
