package dev.penstock.tools.timeouts;

import dev.penstock.tools.report.Row;
import java.util.List;

/**
 * What can be measured by itself.
 *
 * @param name one word or two, for {@code --only}
 * @param work comes to rows
 */
record Measurement(String name, Work work) {
    /** Measures. */
    @FunctionalInterface
    interface Work {
        List<Row> rows(Means means) throws Exception;
    }

    /** A measurement that fails is a row too. */
    List<Row> rows(Means means) throws InterruptedException {
        try {
            return work.rows(means);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            return List.of(Row.notMeasured(name, e));
        }
    }
}
