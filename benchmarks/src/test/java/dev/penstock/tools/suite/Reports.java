package dev.penstock.tools.suite;

import dev.penstock.lab.stats.Interval;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Made-up figures. */
final class Reports {
    static final Map<String, String> FACTS = Map.of("machine", "2 processors | fast", "JDK", "17");

    /** All groups, none of which leaves anything out. */
    static final Scope ALL = new Scope(any -> true, List.of());

    private Reports() {}

    /** A report of one group. */
    static SuiteReport of(SuiteEffort effort, Figure... figures) {
        return new SuiteReport(effort, FACTS, List.of(new GroupResult("borrow", List.of(figures), null)));
    }

    static Figure bare(String name) {
        return new Figure(name, 216, "ns", null, null, 56.0, 12, null);
    }

    static Figure row(String name, double low, double ratio, double high) {
        return row(name, new Interval(low, ratio, high), null);
    }

    static Figure row(String name, Interval ratio, Figure.@Nullable Kept promise) {
        return new Figure(name, 250.1, "ns", ratio, new Interval(-4.2, 36, 40.4), 104.0, 12, promise);
    }
}
