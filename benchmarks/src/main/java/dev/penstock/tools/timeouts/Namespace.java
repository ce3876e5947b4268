package dev.penstock.tools.timeouts;

import dev.penstock.lab.netns.NetworkNamespace;
import dev.penstock.lab.netns.VanishingCase;
import dev.penstock.tools.report.Row;
import dev.penstock.tools.report.RowVerdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Measurements in a JVM and a network of their own, where packets can be dropped. */
final class Namespace {
    /** System property: how often to measure. */
    private static final String TIMES = "penstock.tools.times";

    private static final Duration TO_START = Duration.ofSeconds(60);
    private static final Duration EACH = Duration.ofSeconds(60);

    private Namespace() {}

    /** What is made of the figures of a case. */
    @FunctionalInterface
    interface Reader {
        List<Row> rows(Map<String, String> values);
    }

    /** A row that says loudly that nothing was measured, where the machine allows no namespace. */
    static List<Row> rows(Means means, String name, Class<? extends VanishingCase> type, int times, Reader reader) {
        Optional<String> lack = NetworkNamespace.lack();
        if (lack.isPresent()) {
            means.progress().accept("NOT MEASURED, " + name + ": " + lack.get());
            return List.of(Row.of(name, "NOT MEASURED", "-", RowVerdict.BROKEN).with(List.of(lack.get())));
        }
        return reader.rows(NetworkNamespace.of(type)
                .jvmOptions("-D" + TIMES + "=" + times)
                .limit(TO_START.plus(EACH.multipliedBy(times)))
                .run()
                .values());
    }

    /** In the case: how often. */
    static int times() {
        return Integer.getInteger(TIMES, 1);
    }
}
