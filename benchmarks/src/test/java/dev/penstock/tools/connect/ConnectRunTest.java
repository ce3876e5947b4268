package dev.penstock.tools.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConnectRunTest {
    /** 1,000 pairs with 0.4 s before each connect are idle for longer than a child JVM may take otherwise. */
    @Test
    void aForkMayTakeLongerIfItIsIdleForLong() {
        assertThat(new ConnectRun("127.0.0.1", false, 5_000, 500, 500, 400)
                        .plan()
                        .mayTake())
                .isGreaterThan(Duration.ofSeconds(800));
        assertThat(new ConnectRun("127.0.0.1", false, 5_000, 500, 500, 0).plan().mayTake())
                .isLessThan(Duration.ofMinutes(5));
    }
}
