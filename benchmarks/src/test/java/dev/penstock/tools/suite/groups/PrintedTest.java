package dev.penstock.tools.suite.groups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PrintedTest {
    @Test
    void whatOneJvmPrintsTheOtherReads() throws Exception {
        Map<String, Double> figures = Map.of("cpu, 64, 0", 123.456, "open lease", 1e-9);

        assertThat(Printed.parse("# a warning\n" + Printed.text(figures) + "\nbye\n"))
                .isEqualTo(figures);
    }

    @Test
    void noFigureIsAFailure() {
        assertThatThrownBy(() -> Printed.parse("out of luck\n"))
                .isInstanceOf(IOException.class)
                .hasMessage("the fork must print figures, but printed 'out of luck'");
    }
}
