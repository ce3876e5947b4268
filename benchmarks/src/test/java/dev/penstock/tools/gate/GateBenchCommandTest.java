package dev.penstock.tools.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.tools.PenstockTools;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two short forks of either side: that they run and are counted. The figures say nothing here. */
@Tag("once") // it starts JVMs or servers of its own, and shows the same on every JDK
class GateBenchCommandTest {
    private static final String IGNORE_LOCK = "jmh.ignoreLock";

    private final StringWriter out = new StringWriter();

    /** JMH refuses to run beside another JMH, which would spoil figures that nobody looks at here. */
    @BeforeEach
    void besideOthers() {
        System.setProperty(IGNORE_LOCK, "true");
    }

    @AfterEach
    void alone() {
        System.clearProperty(IGNORE_LOCK);
    }

    private int run(String... arguments) {
        return PenstockTools.commandLine().setOut(new PrintWriter(out)).execute(arguments);
    }

    @Test
    void forksOfBothSidesAreMeasured() {
        int exit = run("bench", "gate", "--forks=2", "--iterations=1", "--time=50");

        assertThat(exit).as(out.toString()).isZero();
        assertThat(out.toString())
                .containsPattern("fork +2 of 2: bare +[0-9.]+ ns .*, penstock +[0-9.]+ ns")
                .containsPattern("difference: -?[0-9.]+ ns, 95 % interval -?[0-9.]+ to -?[0-9.]+, -?[0-9.]+ B");
    }
}
