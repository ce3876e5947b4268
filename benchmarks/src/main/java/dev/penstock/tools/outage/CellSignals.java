package dev.penstock.tools.outage;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/**
 * What the parent says on standard input while the cell runs, with the instant at which it was heard. The JVM ends
 * when the parent is gone. Thread-safe.
 */
final class CellSignals {
    static final String THREADS = "cell-";
    static final String FAULT = "fault";
    static final String HEALED = "healed";

    private final CompletableFuture<Long> faultAt = new CompletableFuture<>();
    private final CompletableFuture<Long> healedAt = new CompletableFuture<>();

    static CellSignals from(BufferedReader in) {
        CellSignals signals = new CellSignals();
        Thread thread = new Thread(() -> signals.listen(in), THREADS + "signals");
        thread.setDaemon(true);
        thread.start();
        return signals;
    }

    private void listen(BufferedReader in) {
        try {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                long now = System.nanoTime();
                (line.equals(FAULT) ? faultAt : healedAt).complete(now);
            }
        } catch (IOException e) {
            // closed, too
        }
        Runtime.getRuntime().halt(1);
    }

    /** Waits for the fault. */
    long faultAt() {
        return faultAt.join();
    }

    /** Waits for the end of the outage. */
    long healedAt() {
        return healedAt.join();
    }
}
