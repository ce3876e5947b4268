package dev.penstock.tools.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.tools.report.Row;
import org.junit.jupiter.api.Test;

class MeasurementTest {
    @Test
    void whatCouldNotBeMeasuredIsBroken() throws InterruptedException {
        Measurement failing = new Measurement("opening", means -> {
            throw new IllegalStateException("no br\u00fccke\nsecond line");
        });

        Row row = failing.rows(NoServer.MEANS).get(0);

        assertThat(row.measured()).isEqualTo("NOT MEASURED");
    }

    /** For what never looks at it. */
    private static final class NoServer {
        @SuppressWarnings("NullAway")
        private static final Means MEANS = new Means(null, Plan.QUICK, line -> {});
    }
}
