package dev.penstock.internal.time;

import org.jspecify.annotations.Nullable;

/**
 * The context class loader of whoever asked, lent to the threads that work for him, task by task. The
 * driver's plug-ins, a user's socket factory, resolver and credentials supplier look their classes up
 * through it, and would not find them through the system's: in an executable jar or a web application
 * that sees nothing of the application. Given back at once, so that no thread keeps an application from
 * being unloaded. Immutable.
 *
 * @param loader null is one too: the boot loader
 */
public record ContextLoader(@Nullable ClassLoader loader) {
    /** That of the calling thread. */
    public static ContextLoader ofCaller() {
        return new ContextLoader(Thread.currentThread().getContextClassLoader());
    }

    /** The task with the loader for as long as it runs. */
    public Runnable lentTo(Runnable task) {
        return () -> run(task);
    }

    private void run(Runnable task) {
        Thread thread = Thread.currentThread();
        ClassLoader own = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            task.run();
        } finally {
            thread.setContextClassLoader(own);
        }
    }
}
