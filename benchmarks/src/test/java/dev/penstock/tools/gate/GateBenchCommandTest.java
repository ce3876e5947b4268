package dev.penstock.tools.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.tools.ToolsRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two short forks of either side: that they run and are counted. The figures say nothing here. */
@Tag("once") // it starts JVMs or servers of its own, and shows the same on every JDK
class GateBenchCommandTest {
    private static final String IGNORE_LOCK = "jmh.ignoreLock";

    /** JMH refuses to run beside another JMH, which would spoil figures that nobody looks at here. */
    @BeforeEach
    void besideOthers() {
        System.setProperty(IGNORE_LOCK, "true");
    }

    @AfterEach
    void alone() {
        System.clearProperty(IGNORE_LOCK);
    }

    @Test
    void forksOfBothSidesAreMeasured() {
        ToolsRun run = ToolsRun.of("bench", "gate", "--forks=2", "--iterations=1", "--time=50");

        assertThat(run.exit()).as("%s", run).isZero();
        assertThat(run.out())
                .containsPattern("fork +2 of 2: bare +[0-9.]+ ns .*, penstock +[0-9.]+ ns")
                .containsPattern("difference: -?[0-9.]+ ns, 95 % interval -?[0-9.]+ to -?[0-9.]+, -?[0-9.]+ B");
    }
}
