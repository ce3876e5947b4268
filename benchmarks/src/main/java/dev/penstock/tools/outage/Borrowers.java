package dev.penstock.tools.outage;

import dev.penstock.lab.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** All callers of one cell, each on a thread of its own, which is a daemon: it may hang in the pool for good. */
final class Borrowers {
    static final String THREADS = "borrower-";

    private final CallLog log;
    private final AtomicReference<@Nullable String> firstFailure = new AtomicReference<>();
    private final List<Borrower> borrowers;
    private final List<Thread> threads = new ArrayList<>();

    private Borrowers(DataSource pool, int count) {
        log = new CallLog(count);
        borrowers = IntStream.range(0, count)
                .mapToObj(number -> new Borrower(number, pool, log, this::failed))
                .toList();
    }

    static Borrowers start(DataSource pool, int count) {
        Borrowers all = new Borrowers(pool, count);
        for (Borrower borrower : all.borrowers) {
            Thread thread = new Thread(borrower, THREADS + all.threads.size());
            thread.setDaemon(true);
            thread.start();
            all.threads.add(thread);
        }
        return all;
    }

    private void failed(Throwable failure) {
        firstFailure.compareAndSet(null, failure.toString());
    }

    CallLog log() {
        return log;
    }

    /** What the pool threw first; empty if nothing. */
    String firstFailure() {
        String first = firstFailure.get();
        return first == null ? "" : first.lines().findFirst().orElse("");
    }

    /** For how long each caller has been inside the pool by now. */
    List<Long> insideNanos() {
        long now = System.nanoTime();
        return borrowers.stream().map(borrower -> borrower.insideNanos(now)).toList();
    }

    /** Ends those that can be ended within {@code patience}. */
    void stop(Duration patience) {
        borrowers.forEach(Borrower::stop);
        boolean unused = Await.holdsWithin(patience, () -> threads.stream().noneMatch(Thread::isAlive));
    }
}
