package dev.penstock.tools.breaker;

import dev.penstock.tools.report.Row;
import dev.penstock.tools.report.RowVerdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * How the probes of a fleet are spread that loses its server at one instant: simulated instances, Penstock's own
 * breaker, virtual time. The first attempt of each, which opens its breaker, is among them.
 */
final class Jitter {
    private static final int INSTANCES = 200;
    private static final Duration OUTAGE = Duration.ofMinutes(1);
    private static final double LIMIT = 3;
    private static final long SEED = 20_261_101;

    private Jitter() {}

    static List<Row> rows(Means means) {
        return List.of(row("refused at once", histogram(false)), row("silent, deadline 1 s", histogram(true)));
    }

    static Histogram histogram(boolean silent) {
        Random random = new Random(SEED);
        List<Long> instants = new ArrayList<>();
        for (int i = 0; i < INSTANCES; i++) {
            instants.addAll(Instance.attempts(silent, OUTAGE, new Random(random.nextLong())));
        }
        return Histogram.of(OUTAGE, instants);
    }

    private static Row row(String how, Histogram histogram) {
        List<String> remarks = new ArrayList<>();
        remarks.add(String.format(
                Locale.ROOT,
                "%d instances, %d attempts, %.1f each; a second's share is %.0f, the fullest is second %d with %d",
                INSTANCES,
                histogram.total(),
                (double) histogram.total() / INSTANCES,
                histogram.share(),
                histogram.fullest(),
                histogram.perSecond().get(histogram.fullest())));
        remarks.addAll(histogram.lines());
        return Row.of(
                        "200 instances lose their server at once: fullest second, " + how,
                        String.format(Locale.ROOT, "%.2f x its share", histogram.worst()),
                        "3 x",
                        RowVerdict.of(histogram.worst() <= LIMIT))
                .with(remarks)
                .with(Map.of("perSecond", histogram.perSecond()));
    }
}
