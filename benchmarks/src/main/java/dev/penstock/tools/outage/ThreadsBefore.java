package dev.penstock.tools.outage;

import dev.penstock.lab.Await;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The threads of this JVM at one time, to be compared with those of a later one. */
record ThreadsBefore(Set<Thread> threads) {
    /**
     * Not a pool's: the callers, the cell's own, the lab's and pgjdbc's cleaner, which comes and goes with the
     * connections that are garbage, every pool's alike.
     */
    private static final List<String> NOT_COUNTED =
            List.of(Borrowers.THREADS, CellSignals.THREADS, "lab-", "PostgreSQL-JDBC-Cleaner");

    ThreadsBefore {
        threads = Set.copyOf(threads);
    }

    static ThreadsBefore now() {
        return new ThreadsBefore(Thread.getAllStackTraces().keySet());
    }

    /** Those that have come since and do not go within {@code patience}, by name. */
    List<String> left(Duration patience) {
        boolean unused = Await.holdsWithin(patience, () -> come().findAny().isEmpty());
        return come().map(Thread::getName).sorted().toList();
    }

    private Stream<Thread> come() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !threads.contains(thread))
                .filter(thread -> NOT_COUNTED.stream().noneMatch(thread.getName()::startsWith));
    }
}
