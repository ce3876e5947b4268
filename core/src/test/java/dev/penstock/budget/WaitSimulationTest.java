package dev.penstock.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.penstock.budget.QueueSimulation.Result;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is computed next to what happens, event by event; seeds are fixed. */
@Tag("once") // arithmetic, the same on every JDK
class WaitSimulationTest {
    private static double random(SplittableRandom random) {
        return QueueSimulation.exponential(random);
    }

    /** Of variation 4. */
    private static double bursts(SplittableRandom random) {
        return QueueSimulation.hyperexponential(random, 4);
    }

    private static Result simulated(
            int connections,
            double utilisation,
            ToDoubleFunction<SplittableRandom> gaps,
            ToDoubleFunction<SplittableRandom> holds,
            int borrowers) {
        double rate = utilisation * connections;
        return new QueueSimulation(connections, random -> gaps.applyAsDouble(random) / rate, holds).run(borrowers, 3);
    }

    private static Wait computed(int connections, double utilisation, double arrivals, double holds) {
        return Wait.of(new Workload(utilisation * connections, Duration.ofSeconds(1), arrivals, holds), connections);
    }

    /** Exact: what is measured differs by chance only, by no more than 5 per cent. */
    @ParameterizedTest
    @CsvSource({"1, 0.5", "5, 0.5", "1, 0.8", "5, 0.8", "20, 0.8"})
    void randomArrivalsAndHolds(int connections, double utilisation) {
        assertExact(connections, utilisation, 4_000_000);
    }

    /** The fuller, the longer it takes until chance is evened out. */
    @ParameterizedTest
    @CsvSource({"5, 0.95", "20, 0.95"})
    void randomArrivalsAndHoldsInAFullPool(int connections, double utilisation) {
        assertExact(connections, utilisation, 20_000_000);
    }

    @ParameterizedTest
    @Tag("slow")
    @CsvSource({"100, 0.8", "1, 0.9", "20, 0.9", "100, 0.9", "1, 0.95", "100, 0.95"})
    void theSameInMorePools(int connections, double utilisation) {
        assertExact(connections, utilisation, 20_000_000);
    }

    private static void assertExact(int connections, double utilisation, int borrowers) {
        Result result =
                simulated(connections, utilisation, WaitSimulationTest::random, WaitSimulationTest::random, borrowers);
        Wait wait = computed(connections, utilisation, 1, 1);

        assertThat(wait.isExact()).isTrue();
        assertThat(wait.probability()).isCloseTo(result.waiting(), withinPercentage(5));
        assertThat(mean(wait)).isCloseTo(result.mean(), withinPercentage(5));
        assertThat(quantile(wait, 0.95)).isCloseTo(result.quantile(0.95), withinPercentage(5));
        assertThat(quantile(wait, 0.99)).isCloseTo(result.quantile(0.99), withinPercentage(5));
    }

    /** Approximate: by how much is what the Javadoc of {@link Wait} says. */
    @ParameterizedTest
    @CsvSource({"1, 0.8, 8", "5, 0.8, 8", "20, 0.8, 13"})
    void holdsThatAreAlwaysTheSame(int connections, double utilisation, int percent) {
        assertApproximate(
                computed(connections, utilisation, 1, 0),
                simulated(connections, utilisation, WaitSimulationTest::random, always -> 1, 2_000_000),
                percent);
    }

    @ParameterizedTest
    @CsvSource({"1, 0.8, 12", "5, 0.8, 14", "20, 0.8, 35"})
    void holdsOfWhichFewAreLong(int connections, double utilisation, int percent) {
        assertApproximate(
                computed(connections, utilisation, 1, 4),
                simulated(connections, utilisation, WaitSimulationTest::random, WaitSimulationTest::bursts, 2_000_000),
                percent);
    }

    @ParameterizedTest
    @CsvSource({"1, 0.8, 16", "5, 0.8, 18", "20, 0.8, 44"})
    void arrivalsInBursts(int connections, double utilisation, int percent) {
        assertApproximate(
                computed(connections, utilisation, 4, 1),
                simulated(connections, utilisation, WaitSimulationTest::bursts, WaitSimulationTest::random, 2_000_000),
                percent);
    }

    private static void assertApproximate(Wait wait, Result result, int percent) {
        assertThat(wait.isExact()).isFalse();
        assertThat(mean(wait)).isCloseTo(result.mean(), withinPercentage(percent));
        assertThat(quantile(wait, 0.99)).isCloseTo(result.quantile(0.99), withinPercentage(percent));
    }

    private static double mean(Wait wait) {
        return Seconds.of(wait.mean().orElseThrow());
    }

    private static double quantile(Wait wait, double quantile) {
        return Seconds.of(wait.quantile(quantile).orElseThrow());
    }
}
