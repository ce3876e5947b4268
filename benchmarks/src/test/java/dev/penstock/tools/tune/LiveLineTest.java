package dev.penstock.tools.tune;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.tools.tune.load.LoadListener.Phase;
import dev.penstock.tools.tune.search.Measured;
import dev.penstock.tools.tune.search.Times;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LiveLineTest {
    private final StringWriter out = new StringWriter();

    private LiveLine line(boolean inPlace) {
        return new LiveLine(new PrintWriter(out), inPlace);
    }

    private static Measured measured() {
        Times times = new Times(Times.histogram(), Times.histogram(), Times.histogram());
        times.waited().recordValue(1_000);
        times.served().recordValue(2_000);
        times.took().recordValue(3_000);
        return new Measured(8, Duration.ofSeconds(2), 205, 5, times, 0.45);
    }

    @Test
    void onATerminalTheLineIsRewritten() {
        LiveLine line = line(true);
        line.at(8, Phase.WARMING_UP, Duration.ofMillis(900), 12_345);
        line.at(8, Phase.FILLING, Duration.ZERO, 0);
        line.clear();
        line.clear();

        assertThat(out.toString())
                .isEqualTo("\r8 connections: warming up, 1 s left, 12345 units"
                        + "\r8 connections: filling" + " ".repeat(26)
                        + "\r" + " ".repeat(22) + "\r");
    }

    @Test
    void whatAServerSaysDoesNotSteerTheTerminal() {
        line(true).note("ERROR: \u001b[2Jgone\n  Position: 8");

        assertThat(out.toString().lines()).containsExactly("ERROR: ?[2Jgone", "  Position: 8");
    }

    @Test
    void elsewhereThereIsALineForEachMeasurement() {
        LiveLine line = line(false);
        line.at(8, Phase.MEASURING, Duration.ofSeconds(1), 5);
        line.measured(measured(), Map.of("57014", 5L), 7);
        line.clear();

        assertThat(out.toString().strip())
                .isEqualTo(
                        "8 connections: 100 units/s, p99 3.01 ms (waiting 1.00 ms, service 2.01 ms), server CPU 45 %,"
                                + " failed: 5 with SQLState 57014,"
                                + " overloaded: 7 units were due and had no connection when it ended");
    }
}
