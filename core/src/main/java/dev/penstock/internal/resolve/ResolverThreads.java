package dev.penstock.internal.resolve;

import dev.penstock.internal.time.DaemonThreads;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The few daemon threads on which all connectors of this JVM look names up.
 *
 * <p>They are shared and few because a look-up cannot be interrupted: with a mute name server every
 * thread that looks up is lost for as long as the system's resolver likes, so a pool per connector would
 * grow with the number of pools. They end when idle, so that a JVM in which nothing connects has none
 * and the class loader of Penstock can go.
 *
 * <p>Thread-safe.
 */
final class ResolverThreads {
    static final int MAX_THREADS = 4;
    static final Duration IDLE_LIMIT = Duration.ofSeconds(1);
    static final String NAME_PREFIX = "penstock-resolver";

    private static final ThreadPoolExecutor SHARED = create();

    private ResolverThreads() {}

    /** The queue in front of the threads is unbounded; single flight keeps it to one task per name. */
    static Executor shared() {
        return SHARED;
    }

    private static ThreadPoolExecutor create() {
        var executor = new ThreadPoolExecutor(
                MAX_THREADS,
                MAX_THREADS,
                IDLE_LIMIT.toNanos(),
                TimeUnit.NANOSECONDS,
                new LinkedBlockingQueue<>(),
                DaemonThreads.named(NAME_PREFIX));
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }
}
