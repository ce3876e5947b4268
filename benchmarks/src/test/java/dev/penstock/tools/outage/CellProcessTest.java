package dev.penstock.tools.outage;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.lab.fault.Loopback;
import dev.penstock.tools.pools.Target;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CellProcessTest {
    /** Nobody listens there from the start. */
    private static final class DeadStage implements Stage {
        @Override
        public Target target() {
            return new Target("jdbc:postgresql://127.0.0.1:" + Loopback.freePort() + "/postgres", "nobody", "none");
        }

        @Override
        public void begin() {}

        @Override
        public void heal(Runnable healed) {}

        @Override
        public void close() {}
    }

    @Test
    void aCellThatFailsSaysWhy() throws Exception {
        try (CellProcess cell =
                CellProcess.start(PoolKind.HIKARI, Fault.SILENT, new DeadStage(), Duration.ofSeconds(1))) {
            assertThatThrownBy(cell::awaitWarm)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("the cell was gone before it had its figures")
                    .hasMessageContaining("refused");
        }
    }
}
