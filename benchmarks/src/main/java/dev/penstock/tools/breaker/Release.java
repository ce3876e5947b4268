package dev.penstock.tools.breaker;

import dev.penstock.PoolUnavailableException;
import dev.penstock.lab.Await;
import dev.penstock.tools.report.Repeats;
import dev.penstock.tools.report.Row;
import dev.penstock.tools.report.RowVerdict;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Callers that wait in the gate, and how long after the change of state they are released: served once the breaker
 * has closed, refused once the outage has lasted {@code gate.failFastAfter}.
 */
final class Release {
    private static final Duration LIMIT = Duration.ofMillis(100);
    private static final Duration FAIL_FAST_AFTER = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(35);

    private Release() {}

    /** One call that waits, in a thread of its own. */
    private static final class Waiter {
        private final DataSource pool;
        private final Thread thread = new Thread(this::borrow, "waiter");
        private volatile long endedAt;
        private volatile @Nullable Throwable refusal;

        Waiter(DataSource pool) {
            this.pool = pool;
            thread.setDaemon(true);
            thread.start();
        }

        private void borrow() {
            try {
                Connection connection = pool.getConnection();
                endedAt = System.nanoTime();
                connection.close();
            } catch (SQLException | RuntimeException e) {
                endedAt = System.nanoTime();
                refusal = e;
            }
        }

        boolean waits() {
            Thread.State state = thread.getState();
            return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
        }

        void await(boolean served) throws InterruptedException {
            thread.join(PATIENCE.toMillis());
            Throwable why = refusal;
            boolean asWanted = served ? why == null : why instanceof PoolUnavailableException;
            if (thread.isAlive() || !asWanted) {
                throw new IllegalStateException(
                        thread.isAlive()
                                ? "a caller waits still"
                                : "a caller was to be " + (served ? "served" : "refused") + " and was not",
                        why);
            }
        }
    }

    static List<Row> rows(Means means) throws Exception {
        int times = means.plan().releases();
        return List.of(
                row(
                        "served after the breaker has closed",
                        Repeats.measure(times, Release::inTime, () -> served(means))),
                row("refused after gate.failFastAfter", Repeats.measure(times, Release::inTime, () -> refused(means))));
    }

    private static boolean inTime(long nanos) {
        return nanos <= LIMIT.toNanos();
    }

    private static Row row(String how, Repeats<Long> runs) {
        long worst = Text.max(runs.values());
        return Row.of(
                        "20 callers waiting in the gate, " + how,
                        "median " + Text.millis((long) (Text.medianMillis(runs.values()) * 1e6)) + ", worst "
                                + Text.millis(worst) + " of " + runs.counted().size(),
                        "100 ms, the last of 20",
                        RowVerdict.of(inTime(worst)))
                .with(runs.remarks(Text::millis))
                .with(Map.of("lastReleasedMillis", Text.allMillis(runs.values())));
    }

    /** The last of them, from the event that tells the breaker closed. */
    private static long served(Means means) throws Exception {
        try (Stage stage = Stage.healthy(means.server(), Setup.DEFAULTS)) {
            stage.lose(Fault.REFUSED);
            List<Waiter> waiters = waiters(stage);
            stage.heal();
            long closedAt = stage.events().awaitClosed(PATIENCE);
            return last(waiters, true) - closedAt;
        }
    }

    /** The last of them, from the instant at which the outage has lasted too long. */
    private static long refused(Means means) throws Exception {
        try (Stage stage = Stage.healthy(means.server(), Setup.DEFAULTS.withFailFastAfter(FAIL_FAST_AFTER))) {
            stage.lose(Fault.REFUSED);
            List<Waiter> waiters = waiters(stage);
            long dueAt = stage.events().awaitOpened(PATIENCE) + FAIL_FAST_AFTER.toNanos();
            return last(waiters, false) - dueAt;
        }
    }

    private static List<Waiter> waiters(Stage stage) {
        List<Waiter> waiters = new ArrayList<>(IntStream.range(0, Borrowers.COUNT)
                .mapToObj(i -> new Waiter(stage.pool()))
                .toList());
        Await.until("all callers wait", PATIENCE, () -> waiters.stream().allMatch(Waiter::waits));
        return waiters;
    }

    private static long last(List<Waiter> waiters, boolean served) throws InterruptedException {
        long last = Long.MIN_VALUE;
        for (Waiter waiter : waiters) {
            waiter.await(served);
            last = Math.max(last, waiter.endedAt);
        }
        return last;
    }
}
