package dev.penstock.tools.tune.report;

import dev.penstock.lab.stats.Interval;
import dev.penstock.tools.tune.report.TuneReport.Surroundings;
import dev.penstock.tools.tune.search.Findings;
import dev.penstock.tools.tune.search.Goal;
import dev.penstock.tools.tune.search.Measured;
import dev.penstock.tools.tune.search.Recommendation;
import dev.penstock.tools.tune.search.Recommendation.Verdict;
import dev.penstock.tools.tune.search.Times;
import dev.penstock.tools.tune.usl.Usl;
import dev.penstock.tools.tune.usl.UslFit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Runs that never were, of a server that follows the law; those in docs/tuning.md among them. */
final class Samples {
    private static final int CALLERS = 64;
    private static final Usl LAW = new Usl(212, 0.028, 0.0017);
    private static final Goal GOAL = new Goal(1, 64, 0.05, Duration.ofMillis(60));

    private Samples() {}

    /** What one hopes for; some sizes were measured three times. */
    static TuneReport found() {
        return report(
                surroundings("orders.sql"),
                GOAL,
                measured(LAW, 1, 4, 16, 64, 32, 24, 20, 17, 18, 16, 17, 24, 16, 17),
                new UslFit(
                        new Usl(211.7, 0.0278, 0.0017),
                        0.004,
                        new UslFit.Bounds(
                                new Interval(210.6, 211.7, 212.8),
                                new Interval(0.0265, 0.0278, 0.0291),
                                new Interval(0.00167, 0.0017, 0.00173))),
                new Recommendation(
                        Verdict.FOUND,
                        17,
                        16,
                        18,
                        List.of(
                                "Size 17 reaches 1887/s, 95.7 % of the best throughput (1971/s at size 24), with a 99th"
                                        + " percentile of 54.3 ms; the target is 60 ms.",
                                "Size 16 reaches less than 95 % of the best throughput.",
                                "Throughputs follow the Universal Scalability Law (contention 0.0278, coherency"
                                        + " 0.00170) to within 0.4 %.")));
    }

    /** Everybody waits for the same row. */
    static TuneReport notTheBottleneck() {
        Usl oneLock = new Usl(410, 0.97, 0);
        return report(
                surroundings("counter.sql"),
                new Goal(1, 64, 0.05, null),
                measured(oneLock, 1, 4, 16, 64, 2, 1, 2),
                new UslFit(new Usl(409.2, 0.968, 0), 0.008),
                new Recommendation(
                        Verdict.POOL_IS_NOT_THE_BOTTLENECK,
                        1,
                        1,
                        1,
                        List.of(
                                "Size 1 reaches 409/s, 96.8 % of the best throughput (423/s at size 64).",
                                "More connections than 1 bring no more throughput: what limits is behind them, a lock or"
                                        + " a single processor for example. The server's processors are 24 % busy only.",
                                "Throughputs follow the Universal Scalability Law (contention 0.968, coherency 0.00) to"
                                        + " within 0.8 %.")));
    }

    /** With these words in every place that is filled from outside. */
    static TuneReport saying(String text) {
        TuneReport found = found();
        Surroundings s = found.surroundings();
        Findings f = found.findings();
        return new TuneReport(
                new Surroundings(text, text, text, text, text, text, text, text, s.startedAt(), s.took()),
                new Findings(
                        f.goal(),
                        f.measured(),
                        f.fit(),
                        new Recommendation(Verdict.FOUND, 17, 16, 18, List.of(text)),
                        text,
                        f.cost()));
    }

    static TuneReport report(
            Surroundings surroundings,
            Goal goal,
            List<Measured> measured,
            @Nullable UslFit fit,
            Recommendation recommendation) {
        return new TuneReport(
                surroundings, new Findings(goal, measured, fit, recommendation, null, Duration.ofSeconds(84)));
    }

    static Surroundings surroundings(String mix) {
        return new Surroundings(
                "jdbc:postgresql://db.example:5432/shop",
                "PostgreSQL 17.11",
                mix,
                CALLERS + " callers",
                null,
                "8 processors, Linux 6.1",
                "17.0.15, Eclipse Adoptium",
                "HikariCP 7.1.0, pgjdbc 42.7.14",
                Instant.parse("2026-11-22T14:03:00Z"),
                Duration.ofSeconds(97));
    }

    /** One measurement of each of these sizes, in this order. */
    static List<Measured> measured(Usl law, int... sizes) {
        Random random = new Random(8);
        List<Measured> measured = new ArrayList<>();
        for (int size : sizes) {
            double throughput = law.throughput(size) * (1 + 0.004 * random.nextGaussian());
            Duration lasted = Duration.ofSeconds(4);
            long done = Math.round(throughput * lasted.toSeconds());
            double cpu = Math.min(0.99, throughput / 2000 + 0.03);
            measured.add(new Measured(size, lasted, done, 0, times(size, throughput, random), cpu));
        }
        return measured;
    }

    /** Little's law: {@code size} are served, the other callers wait. */
    private static Times times(int size, double throughput, Random random) {
        Histogram waited = Times.histogram();
        Histogram served = Times.histogram();
        Histogram took = Times.histogram();
        double service = size / throughput * 1e6;
        double wait = Math.max(0, CALLERS - size) / throughput * 1e6;
        for (int i = 0; i < 3_000; i++) {
            long s = Math.round(service * 0.92 * Math.exp(0.42 * random.nextGaussian()));
            long w = Math.round(2 + wait * Math.max(0, 1 + 0.3 * random.nextGaussian()));
            waited.recordValue(w);
            served.recordValue(s);
            took.recordValue(w + s);
        }
        return new Times(waited, served, took);
    }
}
