package dev.penstock.tools.budget;

import dev.penstock.budget.Wait;
import dev.penstock.budget.Workload;
import dev.penstock.tools.report.TextTable;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Waits for pools of several sizes, as a table and as fields. */
final class Waits {
    private static final double NANOS = 1e9;

    private Waits() {}

    static TextTable table(List<Wait> waits) {
        TextTable table = new TextTable()
                .number("connections")
                .number("utilisation")
                .number("have to wait")
                .number("mean wait")
                .number("p95")
                .number("p99")
                .number("p99.9");
        waits.forEach(wait -> table.row(
                Integer.toString(wait.connections()),
                percent(wait.utilisation()),
                percent(wait.probability()),
                text(wait.mean()),
                text(wait.quantile(0.95)),
                text(wait.quantile(0.99)),
                text(wait.quantile(0.999))));
        return table;
    }

    private static String percent(double part) {
        return String.format(Locale.ROOT, "%.3g%%", part * 100);
    }

    /** In the unit in which it is easiest to read; without end if the queue grows for ever. */
    static String text(Optional<Duration> wait) {
        if (wait.isEmpty()) {
            return "no end";
        }
        double seconds = seconds(wait.get());
        if (seconds >= 1) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        return seconds == 0 ? "0" : String.format(Locale.ROOT, "%.3f ms", seconds * 1_000);
    }

    private static double seconds(Duration duration) {
        return duration.getSeconds() + duration.getNano() / NANOS;
    }

    /** What the figures are worth. */
    static List<String> worth(Workload workload) {
        if (workload.isExact()) {
            return List.of(
                    "Exact for arrivals at random and holds that are exponentially distributed (M/M/c, Erlang C): the"
                            + " deviation of such holds is as large as their mean. If yours is another, say so with"
                            + " --hold-deviation; if arrivals come in bursts, with --arrival-variation.");
        }
        return List.of(
                "APPROXIMATE (Allen-Cunneen): waits of Erlang C times half the sum of both variations, here ("
                        + number(workload.arrivalVariation()) + " + " + number(workload.holdVariation()) + ") / 2.",
                "Simulated, it was off by this much, mean wait and p99, at a utilisation of 80% with 5, 20 and 100"
                        + " connections; fuller pools are better:",
                "holds always the same: -4/+3%, -11/-4%, -28/-30%",
                "holds of variation 4: +11/-4%, +32/+14%, +92/+110%",
                "arrivals of variation 4, bursts: -14/+8%, -38/-3%, -81/-69%: far too little, make the pool larger.");
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3g", value);
    }

    static Map<String, @Nullable Object> fields(Wait wait) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("connections", wait.connections());
        fields.put("utilisation", wait.utilisation());
        fields.put("waitProbability", wait.probability());
        fields.put("meanWaitSeconds", secondsOrNull(wait.mean()));
        fields.put("p95WaitSeconds", secondsOrNull(wait.quantile(0.95)));
        fields.put("p99WaitSeconds", secondsOrNull(wait.quantile(0.99)));
        fields.put("p999WaitSeconds", secondsOrNull(wait.quantile(0.999)));
        return fields;
    }

    private static @Nullable Double secondsOrNull(Optional<Duration> wait) {
        return wait.map(Waits::seconds).orElse(null);
    }
}
