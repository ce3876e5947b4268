package dev.penstock.tools.borrow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.tools.ToolsRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two short forks of either side: that they run and are counted. The figures say nothing here. */
@Tag("once") // it starts JVMs or servers of its own, and shows the same on every JDK
class BorrowBenchCommandTest {
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
    void forksOfBothSidesAreMeasuredAndJudged() {
        ToolsRun run = ToolsRun.of(
                "bench",
                "borrow",
                "--depth=5",
                "--forks=2",
                "--iterations=1",
                "--time=50",
                "--no-peers",
                "--most=0.001",
                "--check");

        assertThat(run.exit()).as("%s", run).isEqualTo(1);
        assertThat(run.out())
                .containsPattern("fork +2 of 2, depth +5: HikariCP +[0-9.]+ ns .*, Penstock +[0-9.]+ ns")
                .containsPattern("(?m)^Penstock .* 5 +2 +[0-9.]+ ")
                .containsPattern("depth +5: upper 95 % bound .* allowed 0.0 ns and 64 B: BROKEN");
    }
}
