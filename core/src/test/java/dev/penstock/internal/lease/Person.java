package dev.penstock.internal.lease;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A thread of the application's, which does what it is told and ends when it is told to. */
final class Person implements AutoCloseable {
    private volatile Thread thread;
    private final ExecutorService work;

    Person(String name) {
        this.work = Executors.newSingleThreadExecutor(task -> {
            Thread made = new Thread(task, name);
            made.setDaemon(true);
            thread = made;
            return made;
        });
    }

    <T> T does(Callable<T> task) {
        try {
            return work.submit(task).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** It has ended, as everybody can see, when this returns. */
    @Override
    public void close() {
        work.shutdown();
        try {
            if (thread != null) {
                thread.join();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
