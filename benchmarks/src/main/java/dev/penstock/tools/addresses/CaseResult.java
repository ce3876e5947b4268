package dev.penstock.tools.addresses;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What one case has come to.
 *
 * @param name of the case
 * @param measured in words
 * @param limit in words
 * @param kept whether the limit is
 * @param today what plain pgjdbc does there; "-" where that was not measured
 * @param remarks about connects that failed or were repeated
 */
record CaseResult(String name, String measured, String limit, boolean kept, String today, List<String> remarks) {
    static final String NOT_MEASURED = "-";

    CaseResult {
        remarks = List.copyOf(remarks);
    }

    /** Every repetition must be usable within the limit, not just the middle one. */
    static CaseResult ofTimes(String name, Repetitions times, Duration limit) {
        return new CaseResult(
                name,
                measured(times),
                String.format(Locale.ROOT, "%.1f s", limit.toMillis() / 1e3),
                times.within(limit),
                NOT_MEASURED,
                remarks(name, times));
    }

    private static String measured(Repetitions times) {
        Attempt worst = times.worst();
        return times.counted().size() == 1 || !worst.connected()
                ? worst.label()
                : String.format(Locale.ROOT, "median %.2f s, worst ", times.medianMillis() / 1e3) + worst.label();
    }

    /** The median of the one against the median of the other; none of either may fail. */
    static CaseResult ofRatio(String name, Pairs pairs, double limit) {
        List<String> remarks = new ArrayList<>(remarks(name, pairs.measured()));
        remarks.addAll(remarks(name + " (direct)", pairs.baseline()));
        return new CaseResult(
                name,
                pairs.allConnected() ? measured(pairs) : "not all connected",
                String.format(Locale.ROOT, "%.1f x", limit),
                pairs.allConnected() && pairs.ratio() <= limit,
                String.format(
                        Locale.ROOT, "direct: median %.2f ms", pairs.baseline().medianMillis()),
                remarks);
    }

    private static String measured(Pairs pairs) {
        return String.format(
                Locale.ROOT,
                "%.2f x, %.2f ms, %d pairs",
                pairs.ratio(),
                pairs.measured().medianMillis(),
                pairs.size());
    }

    private static List<String> remarks(String name, Repetitions times) {
        List<String> remarks = new ArrayList<>();
        times.doubtful().forEach(attempt -> remarks.add("doubtful, repeated: " + sentence(name, attempt)));
        if (!times.allConnected()) {
            remarks.add("FAILED: " + sentence(name, times.worst()));
        }
        return remarks;
    }

    private static String sentence(String name, Attempt attempt) {
        String stall = String.format(Locale.ROOT, "; stall %.0f ms", attempt.stallNanos() / 1e6);
        return name + ": " + attempt.label() + stall + (attempt.connected() ? "" : "; " + attempt.reason());
    }

    CaseResult withToday(String todays) {
        return new CaseResult(name, measured, limit, kept, todays, remarks);
    }
}
