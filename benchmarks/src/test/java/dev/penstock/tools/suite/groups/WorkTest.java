package dev.penstock.tools.suite.groups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.bench.Side;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.tools.pools.Target;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each kind of work once, far too short for its figures to say anything; in this JVM where its options do not matter. */
@Tag("once") // figures of JVMs that are started here, the same whatever starts them
@WithPostgres
class WorkTest {
    private static final String ITERATIONS = "1";
    private static final String MILLIS = "20";

    /** Each of the 10,000 tokens is a multiplication that waits for the one before: half a nanosecond at the least. */
    private static final double SHORTEST_HOLD_NANOS = 5_000;

    private final Target target;

    WorkTest(PostgresServer server) {
        this.target = new Target(server.jdbcUrl(), server.user(), server.password());
    }

    private Assignment assignment(Work work, String... details) {
        return new Assignment(work, Side.PENSTOCK_ALL, target, List.of(details));
    }

    private static void assertAllAbove0(Map<String, Double> figures) {
        assertThat(figures.values()).allSatisfy(value -> assertThat(value).isPositive());
    }

    @Test
    void scaling() throws Exception {
        Map<String, Double> figures =
                Work.SCALING.measure(assignment(Work.SCALING, ITERATIONS, MILLIS, "0", "2", "2", "16"));

        assertThat(figures)
                .containsOnlyKeys(
                        "cpu, 2, 0",
                        "cpu, 2, 10000",
                        "cpu, 16, 0",
                        "cpu, 16, 10000",
                        "clock, 2, 0",
                        "clock, 2, 10000",
                        "clock, 16, 0",
                        "clock, 16, 10000");
        assertAllAbove0(figures);
        assertThat(figures.get("clock, 2, 10000")).isGreaterThan(SHORTEST_HOLD_NANOS / 2);
    }

    @Test
    void passThrough() throws Exception {
        Map<String, Double> figures = Work.PASS_THROUGH.measure(assignment(Work.PASS_THROUGH, ITERATIONS, MILLIS));

        assertThat(figures).containsOnlyKeys("createStatement", "prepareStatement", "setAutoCommit", "executeNothing");
        assertAllAbove0(figures);
    }

    @Test
    void sweeper() throws Exception {
        Map<String, Double> figures = Work.SWEEPER.measure(Assignment.withoutServer(Work.SWEEPER, List.of("200")));

        assertThat(figures).containsOnlyKeys("sweep, 200", "share, 200");
        assertAllAbove0(figures);
    }

    @Test
    void memory() throws Exception {
        Map<String, Double> figures = assignment(Work.MEMORY, "2", "2", "0").measure(MemoryGroup.OPTIONS);

        assertThat(figures).containsOnlyKeys("heap, 1", "heap, 10", "threads, 1", "threads, 10");
        assertThat(figures.get("heap, 10")).isGreaterThan(10_000);
    }

    /** The handle alone has ten fields; what is shared by thousands is no part of it. */
    @Test
    void leaseMemory() throws Exception {
        Map<String, Double> figures =
                Assignment.withoutServer(Work.LEASE_MEMORY, List.of("5000")).measure(MemoryGroup.OPTIONS);

        assertThat(figures).containsOnlyKeys("lease");
        assertThat(figures.get("lease")).isBetween(40.0, 400.0);
    }

    @Test
    void aForkThatFailsSaysSo() {
        Target nowhere = new Target("jdbc:nothing:", "nobody", "nothing");

        assertThatThrownBy(() -> new Assignment(Work.PASS_THROUGH, Side.HIKARI, nowhere, List.of("1", "20"))
                        .measure(InThisJvm.OPTIONS))
                .isInstanceOf(IOException.class)
                .hasMessage("the fork failed with exit code 1");
    }
}
