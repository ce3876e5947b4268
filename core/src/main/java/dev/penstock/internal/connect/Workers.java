package dev.penstock.internal.connect;

import dev.penstock.internal.time.DaemonThreads;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that block on sockets, shared by all connectors of the JVM. Platform threads: a TCP
 * connect, a TLS handshake and pgjdbc block, and on some JDKs pin. As many as there are attempts in
 * flight, which the race bounds; idle ones end after 300 ms.
 */
public final class Workers {
    private static final ThreadPoolExecutor WORKERS = new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            300,
            TimeUnit.MILLISECONDS,
            new SynchronousQueue<>(),
            DaemonThreads.named("penstock-connect"));

    private Workers() {}

    /**
     * Runs it on a worker.
     *
     * @throws OutOfMemoryError if there is no thread to be had
     */
    public static void run(Runnable task) {
        WORKERS.execute(task);
    }
}
