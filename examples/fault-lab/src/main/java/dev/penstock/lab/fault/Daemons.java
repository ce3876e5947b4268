package dev.penstock.lab.fault;

/**
 * Starts the lab's threads: daemons whose names begin with {@code lab-}, so that a census of the library's own threads
 * never counts them.
 */
final class Daemons {
    private Daemons() {}

    static Thread start(String name, Runnable work) {
        Thread thread = new Thread(work, "lab-" + name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Waits a moment for threads whose sockets were closed; an interrupt ends the wait and is kept. */
    static void join(Iterable<Thread> threads) {
        try {
            for (Thread thread : threads) {
                if (thread != Thread.currentThread()) {
                    thread.join(2_000);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
