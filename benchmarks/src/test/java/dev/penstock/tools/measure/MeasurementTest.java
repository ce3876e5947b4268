package dev.penstock.tools.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.tools.report.Row;
import org.junit.jupiter.api.Test;

class MeasurementTest {
    @Test
    void whatCouldNotBeMeasuredIsBroken() throws InterruptedException {
        Measurement<String> failing = new Measurement<>("opening", means -> {
            throw new IllegalStateException("no br\u00fccke\nsecond line");
        });

        Row row = failing.rows("nothing").get(0);

        assertThat(row.measured()).isEqualTo("NOT MEASURED");
    }
}
