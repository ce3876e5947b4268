package dev.penstock.bench.start;

import dev.penstock.lab.stats.Interval;
import dev.penstock.lab.stats.Sample;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What all pairs together say. */
record Outcome(List<Pair> pairs) {
    Outcome {
        pairs = List.copyOf(pairs);
    }

    /** Of the context's start; a pair is an observation. */
    Interval ratio() {
        return Interval.ofRatios(values(Pair::ratio));
    }

    boolean keeps(double most) {
        return ratio().high() <= most;
    }

    List<String> lines(double most) {
        return List.of(
                line(
                        "start of the context, medians: %.0f ms without, %.0f ms with",
                        Sample.of(values(pair -> pair.without().context())).median(),
                        Sample.of(values(pair -> pair.with().context())).median()),
                "from the begin of the JVM, for comparison: " + text(Interval.ofRatios(values(Pair::processRatio))),
                "processor time, for comparison: " + text(Interval.ofRatios(values(Pair::processorRatio))),
                "with / without: " + text(ratio()),
                line(
                        "upper 95 %% bound %.3f, %s %.3f: %s",
                        ratio().high(),
                        keeps(most) ? "not above" : "ABOVE",
                        most,
                        keeps(most) ? "as promised" : "BROKEN"));
    }

    private double[] values(ToDoubleFunction<Pair> figure) {
        return pairs.stream().mapToDouble(figure).toArray();
    }

    private static String text(Interval interval) {
        return line("%.3f, 95 %% interval %.3f to %.3f", interval.estimate(), interval.low(), interval.high());
    }

    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
