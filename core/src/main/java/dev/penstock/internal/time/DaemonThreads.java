package dev.penstock.internal.time;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Penstock's threads: daemons that take nothing over from whoever happened to be first, so that no
 * application is kept from being unloaded: no inheritable thread locals, no context class loader of the
 * application's (JDK 17 hands it on regardless), no thread group that the application may destroy.
 */
public final class DaemonThreads {
    private DaemonThreads() {}

    /** A factory of threads named {@code prefix-1}, {@code prefix-2}, … */
    public static ThreadFactory named(String prefix) {
        AtomicLong numbers = new AtomicLong();
        return task -> create(prefix + "-" + numbers.incrementAndGet(), task);
    }

    static Thread create(String name, Runnable task) {
        Thread thread = new Thread(rootGroup(), task, name, 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
        return thread;
    }

    private static ThreadGroup rootGroup() {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        while (group.getParent() != null) {
            group = group.getParent();
        }
        return group;
    }
}
