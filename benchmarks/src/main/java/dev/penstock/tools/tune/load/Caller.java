package dev.penstock.tools.tune.load;

import dev.penstock.internal.failure.FailureClass;
import dev.penstock.tools.tune.mix.Mix;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Borrows a connection, does a unit of work, gives it back; over and over, on a thread of its own. */
final class Caller implements Runnable {
    /** What all callers of a measurement have in common; {@code units} is for whoever looks on. */
    record Common(DataSource pool, Mix mix, Work work, Window window, Trouble trouble, LongAdder units) {}

    private final Common common;
    private final RandomGenerator random;
    private final Tally tally;

    /** Between asking for a connection and having it: only then an interrupt does no harm. */
    private volatile boolean waiting;

    Caller(Common common, RandomGenerator random) {
        this.common = common;
        this.random = random;
        this.tally = new Tally(common.window());
    }

    @Override
    public void run() {
        try {
            for (long due = common.work().await();
                    due != Work.NONE && !common.trouble().isThere();
                    due = common.work().await()) {
                unit(due);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it is over
        } catch (RuntimeException | Error e) {
            common.trouble().ends(e); // one caller less would be another load
        }
    }

    private void unit(long due) {
        long began = 0;
        SQLException failure = null;
        waiting = true;
        try (Connection connection = common.pool().getConnection()) {
            waiting = false;
            if (!isOver()) { // else it is given back at once, for those who wait behind us
                began = System.nanoTime();
                common.mix().draw(random).run(connection, random);
            }
        } catch (SQLException e) {
            failure = e;
        } finally {
            waiting = false;
        }
        count(due, began, System.nanoTime(), failure);
    }

    private boolean isOver() {
        return common.trouble().isThere() || common.work().isOver();
    }

    private void count(long due, long began, long ended, @Nullable SQLException failure) {
        boolean sentHome = failure == null ? began == 0 : Thread.currentThread().isInterrupted();
        if (sentHome) {
            if (common.work().countsUnserved(due)) {
                tally.neverBegan(due, ended);
            }
            return;
        }
        boolean counts = common.window().contains(common.work().reference(due, ended));
        common.units().increment();
        tally.ended(counts, due, began == 0 ? ended : began, ended);
        if (failure != null) {
            tally.failed(Objects.requireNonNullElse(FailureClass.sqlState(failure), "none"), ended);
            common.trouble().look(failure);
        }
    }

    boolean isWaiting() {
        return waiting;
    }

    /** What it has counted, once its thread has ended. */
    Tally tally() {
        return tally;
    }
}
