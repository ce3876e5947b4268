package dev.penstock.internal.events;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Tells news one after the other, in the order in which they were added, on somebody else's thread: a listener
 * that is slow, or that waits for what it is being told about, holds up nobody. Thread-safe.
 */
public final class Announcer {
    private final Executor executor;
    private final Queue<Runnable> news = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean telling = new AtomicBoolean();

    /** Tells them through this executor. */
    public Announcer(Executor executor) {
        this.executor = executor;
    }

    /** Puts it last in line; tells nothing yet, so it may be called with a lock held. */
    public void add(Runnable told) {
        news.add(told);
    }

    /** Has told what is in line. If there is no thread to be had it is told together with the next. */
    public void flush() {
        if (!news.isEmpty() && telling.compareAndSet(false, true)) {
            try {
                executor.execute(this::tellAll);
            } catch (RuntimeException | Error e) {
                telling.set(false);
            }
        }
    }

    private void tellAll() {
        try {
            for (Runnable next = news.poll(); next != null; next = news.poll()) {
                next.run();
            }
        } finally {
            telling.set(false);
        }
        flush(); // what was added between the last look and the end
    }
}
