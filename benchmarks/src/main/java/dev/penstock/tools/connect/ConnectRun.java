package dev.penstock.tools.connect;

import dev.penstock.tools.pairs.ForkPlan;
import java.time.Duration;
import java.util.List;

/**
 * What each fork of {@code bench connect} measures.
 *
 * @param host an address, or a name that has to be looked up; localhost with TLS
 * @param tls whether sessions are encrypted
 * @param stub pairs of connects to a stub in the same JVM, so that the code of both sides is compiled
 * @param warmUp pairs of connects to the server before the measurement
 * @param cycles pairs that are measured
 * @param pauseMillis idle time before each connect; 0 for none
 */
record ConnectRun(String host, boolean tls, int stub, int warmUp, int cycles, int pauseMillis) {
    /** What a connect may take: less than ten on an idle machine. */
    private static final int CONNECT_MILLIS = 50;

    /** What one to the stub may take: less than one there. */
    private static final int STUB_MILLIS = 5;

    ForkPlan plan() {
        return new ForkPlan(
                "connect-fork",
                host,
                tls,
                warmUp,
                cycles,
                false,
                mayTake(),
                List.of("--stub=" + stub, "--pause=" + pauseMillis));
    }

    private Duration mayTake() {
        long pairs = (long) warmUp + cycles;
        return Duration.ofMillis(2 * (pairs * (pauseMillis + CONNECT_MILLIS) + (long) stub * STUB_MILLIS));
    }

    /** For the first line of a report. */
    String perFork() {
        return stub + " pairs to a stub, " + warmUp + " to warm up, " + cycles + " measured"
                + (pauseMillis > 0 ? ", " + pauseMillis + " ms idle before each connect" : "");
    }
}
