package dev.penstock.tools.tune.load;

import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Callers and their threads. */
final class Callers {
    private record Employed(Caller caller, Thread thread) {}

    private final List<Employed> all = new ArrayList<>();

    /** Starts them. */
    Callers(List<Caller> callers, boolean virtual) {
        ThreadFactory threads = virtual ? virtualThreads() : platformThreads();
        callers.forEach(caller -> all.add(new Employed(caller, threads.newThread(caller))));
        all.forEach(employed -> employed.thread().start());
    }

    private static ThreadFactory platformThreads() {
        AtomicInteger number = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, "tune-caller-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** By reflection, because JDK 17 has none. */
    private static ThreadFactory virtualThreads() {
        try {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            return (ThreadFactory) Class.forName("java.lang.Thread$Builder")
                    .getMethod("factory")
                    .invoke(builder);
        } catch (NoSuchMethodException
                | ClassNotFoundException
                | IllegalAccessException
                | InvocationTargetException e) {
            throw new IllegalStateException("virtual threads take JDK " + LoadPlan.FIRST_VIRTUAL, e);
        }
    }

    /** Wakes those that wait for a connection; the others have a statement under way, which an interrupt may spoil. */
    void sendHome() {
        for (Employed employed : all) {
            if (employed.caller().isWaiting()) {
                employed.thread().interrupt();
            }
        }
    }

    /** Waits that long; returns whether all have ended. */
    boolean join(long nanos) throws InterruptedException {
        long until = System.nanoTime() + nanos;
        for (Employed employed : all) {
            long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
            employed.thread().join(Math.max(1, left));
            if (employed.thread().isAlive()) {
                return false;
            }
        }
        return true;
    }
}
