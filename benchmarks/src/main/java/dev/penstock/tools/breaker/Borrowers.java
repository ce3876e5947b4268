package dev.penstock.tools.breaker;

import dev.penstock.lab.Await;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;

/** The application: threads that all borrow from one pool. */
final class Borrowers {
    /** So many everywhere. */
    static final int COUNT = 20;

    private static final Duration WARM_UP = Duration.ofSeconds(20);

    private final List<Borrower> all;

    private Borrowers(List<Borrower> all) {
        this.all = all;
    }

    static Borrowers start(DataSource dataSource) {
        return new Borrowers(IntStream.rangeClosed(1, COUNT)
                .mapToObj(i -> Borrower.start(dataSource, "borrower-" + i))
                .toList());
    }

    /** Started, and each has been served. */
    static Borrowers busy(DataSource dataSource) {
        long now = System.nanoTime();
        Borrowers borrowers = start(dataSource);
        Await.until("every borrower is served", WARM_UP, () -> borrowers.allServedSince(now));
        return borrowers;
    }

    boolean allServedSince(long instant) {
        return all.stream().allMatch(borrower -> borrower.servedSince(instant));
    }

    /** Ends all of them, waiting so long for calls that are under way. */
    List<Call> end(Duration patience) throws InterruptedException {
        all.forEach(Borrower::end);
        long end = System.nanoTime() + patience.toNanos();
        for (Borrower borrower : all) {
            borrower.join((end - System.nanoTime()) / 1_000_000);
        }
        return all.stream().flatMap(borrower -> borrower.calls().stream()).toList();
    }

    /** When each borrower was first served after that, in nanoseconds from it; ended or not. */
    List<Long> firstServedAfter(long instant) {
        return all.stream()
                .map(borrower -> borrower.calls().stream()
                        .filter(call -> call.usable() && call.endedAt() - instant > 0)
                        .mapToLong(call -> call.endedAt() - instant)
                        .min())
                .filter(first -> first.isPresent())
                .map(first -> first.getAsLong())
                .toList();
    }
}
