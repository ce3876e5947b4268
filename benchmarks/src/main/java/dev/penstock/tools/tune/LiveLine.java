package dev.penstock.tools.tune;

import dev.penstock.tools.tune.load.LoadListener;
import dev.penstock.tools.tune.report.Ascii;
import dev.penstock.tools.tune.search.Measured;
import dev.penstock.tools.tune.search.Plan;
import dev.penstock.tools.tune.search.SearchListener;
import dev.penstock.tools.tune.search.Times;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/**
 * What is being done just now: on a terminal a line that is rewritten, elsewhere nothing but a line for each
 * measurement. Used by one thread.
 */
final class LiveLine implements LoadListener, SearchListener {
    /** That of a terminal, less the cursor. */
    private static final int WIDTH = 79;

    private static final double HUNDRED = 100;
    private static final double MICROS_PER_MILLI = 1e3;

    private final PrintWriter out;
    private final boolean inPlace;
    private String why = "";
    private int shown; // length of what is on the line that will be rewritten

    LiveLine(PrintWriter out, boolean inPlace) {
        this.out = out;
        this.inPlace = inPlace;
    }

    /** A line that stays. */
    void note(String text) {
        clear();
        text.lines().map(Ascii::harmless).forEach(out::println); // what a server says must not steer the terminal
        out.flush();
    }

    /** Takes the rewritten line away. */
    void clear() {
        if (shown > 0) {
            rewrite("");
            out.print("\r");
            out.flush();
        }
    }

    @Override
    public void begins(Plan plan) {
        why = plan.why();
    }

    @Override
    public void at(int size, Phase phase, Duration left, long units) {
        if (inPlace) {
            rewrite(connections(size) + ": "
                    + phase.name().toLowerCase(Locale.ROOT).replace('_', ' ')
                    + (left.isZero() ? "" : ", " + (left.toSeconds() + 1) + " s left")
                    + (units == 0 ? "" : ", " + units + " units")
                    + (why.isEmpty() ? "" : "; " + why));
        }
    }

    /** Blanks cover what is left of the text before, and no more: on a narrow terminal they would wrap. */
    private void rewrite(String whole) {
        String text = Ascii.harmless(whole);
        String fitting = text.length() <= WIDTH ? text : text.substring(0, WIDTH);
        out.print("\r" + fitting + " ".repeat(Math.max(0, shown - fitting.length())));
        out.flush();
        shown = fitting.length();
    }

    @Override
    public void measured(Measured measured, Map<String, Long> failures, long late) {
        Times times = measured.times();
        Double cpu = measured.serverCpu();
        note(String.format(
                        Locale.ROOT,
                        "%s: %.0f units/s, p99 %s (waiting %s, service %s)",
                        connections(measured.size()),
                        measured.throughput(),
                        p99(times.took()),
                        p99(times.waited()),
                        p99(times.served()))
                + (cpu == null ? "" : String.format(Locale.ROOT, ", server CPU %.0f %%", cpu * HUNDRED))
                + failed(failures)
                + (late == 0 ? "" : ", overloaded: " + late + " units were due and had no connection when it ended"));
    }

    private static String failed(Map<String, Long> failures) {
        if (failures.isEmpty()) {
            return "";
        }
        return failures.entrySet().stream()
                .map(state -> state.getValue() + " with SQLState " + state.getKey())
                .collect(Collectors.joining(", ", ", failed: ", ""));
    }

    private static String p99(Histogram histogram) {
        return String.format(Locale.ROOT, "%.2f ms", histogram.getValueAtPercentile(99) / MICROS_PER_MILLI);
    }

    private static String connections(int size) {
        return size + (size == 1 ? " connection" : " connections");
    }
}
