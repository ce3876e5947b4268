package dev.penstock.tools.connect;

import dev.penstock.tools.pairs.ForkPlan;
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
    ForkPlan plan() {
        return new ForkPlan(
                "connect-fork", host, tls, warmUp, cycles, List.of("--stub=" + stub, "--pause=" + pauseMillis));
    }

    /** For the first line of a report. */
    String perFork() {
        return stub + " pairs to a stub, " + warmUp + " to warm up, " + cycles + " measured"
                + (pauseMillis > 0 ? ", " + pauseMillis + " ms idle before each connect" : "");
    }
}
