package dev.penstock.tools.limits;

import dev.penstock.tools.pairs.ForkPlan;
import java.time.Duration;
import java.util.List;

/**
 * What each fork of {@code bench limits} measures.
 *
 * @param tls whether sessions are encrypted; the host is localhost then
 * @param warmUp pairs before the measurement
 * @param cycles pairs that are measured
 * @param batch round trips of one side before it is the other's turn
 * @param reconnect pairs after which both sides connect anew; 0 for never
 * @param work what a batch is
 * @param both whether the plain side has the limits too, on the server alone
 * @param oneProcessor whether server and JVMs are kept on one processor, where that can be done
 */
record LimitsRun(
        boolean tls, int warmUp, int cycles, int batch, int reconnect, Work work, boolean both, boolean oneProcessor) {
    /** What one may take: some 50 microseconds on an idle machine. */
    private static final int ROUND_TRIP_MILLIS = 1;

    ForkPlan plan() {
        return new ForkPlan(
                "limits-fork",
                tls ? "localhost" : "127.0.0.1",
                tls,
                warmUp,
                cycles,
                oneProcessor,
                Duration.ofMillis(2L * batch * ROUND_TRIP_MILLIS).multipliedBy((long) warmUp + cycles),
                List.of("--batch=" + batch, "--reconnect=" + reconnect, "--work=" + work, "--both=" + both));
    }

    /** For the first line of a report. */
    String perFork() {
        return warmUp + " pairs to warm up, " + cycles + " measured, each of " + batch + " round trips, "
                + work.words();
    }
}
