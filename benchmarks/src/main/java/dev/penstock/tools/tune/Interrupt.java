package dev.penstock.tools.tune;

import dev.penstock.tools.tune.load.Stop;
import dev.penstock.tools.tune.mix.BenchTables;
import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ctrl-C, or whatever else ends the JVM: asks the run to stop, and keeps the JVM for as long as it takes to clean up. */
final class Interrupt implements AutoCloseable {
    /** What a shell shows after Ctrl-C: 128 and the signal's number. */
    static final int EXIT_CODE = 130;

    /** More than a measurement takes to break off, and the server to answer. */
    private static final long PATIENCE_SECONDS = 30;

    private final Stop stop = new Stop();
    private final CountDownLatch clean = new CountDownLatch(1);
    private final Thread hook = new Thread(this::end, "tune-end");

    private final PrintWriter err;

    private Interrupt(PrintWriter err) {
        this.err = err;
    }

    /**
     * From now on.
     *
     * @param err is told if cleaning up takes longer than anybody waits
     */
    static Interrupt watch(PrintWriter err) {
        Interrupt interrupt = new Interrupt(err);
        Runtime.getRuntime().addShutdownHook(interrupt.hook);
        return interrupt;
    }

    private void end() {
        stop.request();
        try {
            if (!clean.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                err.println("interrupted; the server does not answer, and after " + PATIENCE_SECONDS
                        + " s nobody waits any longer: sessions named '" + Target.APPLICATION_NAME + "' and a schema "
                        + BenchTables.PREFIX + "... may be left on it");
                err.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    Stop stop() {
        return stop;
    }

    /** It is clean: the JVM may end. */
    @Override
    public void close() {
        clean.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the JVM is going down, and the hook does its work
        }
    }
}
