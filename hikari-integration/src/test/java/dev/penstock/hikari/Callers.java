package dev.penstock.hikari;

import dev.penstock.lab.Await;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;

/** Threads that each borrow once, and what became of it. */
final class Callers {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final List<Thread> threads = new ArrayList<>();
    private final List<Outcome> outcomes = new CopyOnWriteArrayList<>();

    /**
     * How a borrow ended.
     *
     * @param failure null if there was a connection, which has been given back
     * @param interrupted whether the thread's flag was set afterwards
     */
    record Outcome(Throwable failure, Duration elapsed, boolean interrupted) {}

    static Callers borrowing(DataSource dataSource, int count) {
        Callers callers = new Callers();
        for (int i = 1; i <= count; i++) {
            Thread thread = new Thread(() -> callers.borrow(dataSource), "caller-" + i);
            callers.threads.add(thread);
            thread.start();
        }
        return callers;
    }

    private void borrow(DataSource dataSource) {
        long start = System.nanoTime();
        Throwable failure = null;
        try (Connection connection = dataSource.getConnection()) {
            connection.getAutoCommit();
        } catch (SQLException | RuntimeException e) {
            failure = e;
        }
        Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
        outcomes.add(new Outcome(failure, elapsed, Thread.currentThread().isInterrupted()));
    }

    void interrupt() {
        threads.forEach(Thread::interrupt);
    }

    /** Until all of them wait for something. */
    Callers awaitWaiting() {
        Await.until("all callers wait", PATIENCE, () -> threads.stream().allMatch(Callers::waits));
        return this;
    }

    private static boolean waits(Thread thread) {
        return thread.getState() == Thread.State.TIMED_WAITING || thread.getState() == Thread.State.WAITING;
    }

    List<Outcome> outcomes() {
        Await.until("all callers come back", PATIENCE, () -> outcomes.size() == threads.size());
        return outcomes;
    }
}
