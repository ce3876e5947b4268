package dev.penstock.tools.measure;

import dev.penstock.tools.report.Row;
import java.util.List;

/**
 * What can be measured by itself.
 *
 * @param name one word or two, for {@code --only}
 * @param work comes to rows
 * @param <M> what it is given
 */
public record Measurement<M>(String name, Work<M> work) {
    /**
     * Measures.
     *
     * @param <M> what it is given
     */
    @FunctionalInterface
    public interface Work<M> {
        /** Every promise is a row. */
        List<Row> rows(M means) throws Exception;
    }

    /** A measurement that fails is a row too. */
    List<Row> rows(M means) throws InterruptedException {
        try {
            return work.rows(means);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            return List.of(Row.notMeasured(name, e));
        }
    }
}
