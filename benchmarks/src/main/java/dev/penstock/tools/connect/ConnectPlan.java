package dev.penstock.tools.connect;

import java.util.List;

/**
 * What one fork measures.
 *
 * @param host host in the URL: an address, or a name that has to be looked up
 * @param tls whether sessions are encrypted and the server's certificate is checked
 * @param stub pairs of connects to a stub in the fork itself, before anything else
 * @param warmUp pairs of connects to the server before the measurement
 * @param cycles pairs of connects that are measured
 * @param pauseMillis idle time before each connect; 0 for none
 */
record ConnectPlan(String host, boolean tls, int stub, int warmUp, int cycles, int pauseMillis) {
    /** As the options of {@link ConnectForkCommand}. */
    List<String> options() {
        return List.of(
                "--host=" + host,
                "--tls=" + tls,
                "--stub=" + stub,
                "--warm-up=" + warmUp,
                "--cycles=" + cycles,
                "--pause=" + pauseMillis);
    }
}
