package dev.penstock.tools.tune.report;

import dev.penstock.tools.tune.search.Findings;
import dev.penstock.tools.tune.search.Goal;
import dev.penstock.tools.tune.search.Measured;
import dev.penstock.tools.tune.search.Recommendation;
import dev.penstock.tools.tune.search.Recommendation.Verdict;
import dev.penstock.tools.tune.search.Times;
import dev.penstock.tools.tune.usl.Usl;
import dev.penstock.tools.tune.usl.UslFit;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.HdrHistogram.Histogram;

/** Whatever may come of a run, and what should not: nothing measured, all failed, no clock, a law of nonsense. */
final class AnyReport {
    private AnyReport() {}

    static Arbitrary<TuneReport> any() {
        return Combinators.combine(goals(), measured().list().ofMaxSize(64), fits(), recommendations())
                .as((goal, measured, fit, recommendation) -> new TuneReport(
                        Samples.surroundings("any"),
                        new Findings(
                                goal, measured, fit.law().equals(NONE) ? null : fit, recommendation, null, SECOND)));
    }

    private static final Usl NONE = new Usl(0, 0, 0);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private static Arbitrary<Goal> goals() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 64),
                        Arbitraries.doubles().between(0.001, 0.999).ofScale(3),
                        Arbitraries.longs()
                                .between(0, Duration.ofDays(10).toMillis())
                                .injectNull(0.3))
                .as((largest, within, p99) ->
                        new Goal(1, largest, within, p99 == null ? null : Duration.ofMillis(p99)));
    }

    private static Arbitrary<Measured> measured() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 64),
                        Arbitraries.of(0L, 1L, 4_000L),
                        Arbitraries.longs().between(0, 1_000_000_000_000L),
                        Arbitraries.of(0.0, 0.5, 1.0),
                        times(),
                        Arbitraries.doubles().between(0, 1).injectNull(0.3))
                .as((size, lasted, done, failed, times, cpu) ->
                        new Measured(size, Duration.ofMillis(lasted), done, Math.round(done * failed), times, cpu));
    }

    private static Arbitrary<Times> times() {
        Arbitrary<Histogram> histograms = Arbitraries.longs()
                .between(0, Duration.ofDays(20).toMillis() * 1000)
                .list()
                .ofMaxSize(20)
                .map(AnyReport::histogram);
        return Combinators.combine(histograms, histograms, histograms).as(Times::new);
    }

    private static Histogram histogram(List<Long> micros) {
        Histogram histogram = Times.histogram();
        micros.forEach(histogram::recordValue);
        return histogram;
    }

    private static Arbitrary<UslFit> fits() {
        Arbitrary<Double> odd = Arbitraries.oneOf(
                Arbitraries.of(0.0, 1e-9, 1e9, Double.NaN, Double.POSITIVE_INFINITY, -1.0, 1e300),
                Arbitraries.doubles().between(0, 10_000));
        Arbitrary<UslFit> laws = Combinators.combine(odd, odd, odd, odd)
                .as((lambda, sigma, kappa, error) -> new UslFit(new Usl(lambda, sigma, kappa), error));
        return Arbitraries.oneOf(laws, Arbitraries.just(new UslFit(NONE, 0)));
    }

    private static Arbitrary<Recommendation> recommendations() {
        return Combinators.combine(
                        Arbitraries.of(Verdict.class),
                        Arbitraries.integers().between(1, 64).injectNull(0.3),
                        Arbitraries.integers().between(0, 64),
                        Arbitraries.integers().between(0, 64),
                        Arbitraries.strings().ofMaxLength(30).list().ofMaxSize(3))
                .as(Recommendation::new);
    }
}
