package dev.penstock.lab.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.lab.Await;
import dev.penstock.lab.junit.ThreadCensus;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StallMonitorTest {

    @Test
    void measuresOversleep() {
        try (StallMonitor monitor = StallMonitor.start()) {
            Await.until(
                    "a late tick", Duration.ofSeconds(10), () -> monitor.max().compareTo(Duration.ZERO) > 0);
            monitor.reset();
            assertThat(monitor.max()).isLessThan(Duration.ofSeconds(10));
        }
        Await.until(
                "its end",
                Duration.ofSeconds(10),
                () -> ThreadCensus.named("lab-stall-monitor").isEmpty());
    }
}
