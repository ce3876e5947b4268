package dev.penstock.lab.junit;

import java.util.Comparator;
import java.util.List;

/** Counts threads by name. Virtual threads are not seen: the JDK lists none of them. */
public final class ThreadCensus {
    private ThreadCensus() {}

    /** The living threads whose names begin with {@code prefix}, by name. */
    public static List<Thread> named(String prefix) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(prefix))
                .sorted(Comparator.comparing(Thread::getName))
                .toList();
    }
}
