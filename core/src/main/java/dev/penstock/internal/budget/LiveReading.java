package dev.penstock.internal.budget;

import dev.penstock.budget.live.BudgetProbe;
import dev.penstock.budget.live.Reading;
import dev.penstock.internal.connect.ConnectOrder;
import dev.penstock.internal.connect.Creation;
import dev.penstock.internal.connect.Leash;
import dev.penstock.internal.connect.Workers;
import dev.penstock.internal.time.Deadline;
import dev.penstock.internal.time.Timers;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * One connection, made for it and past the breaker, and a few questions over it, within one limit. It may be ended from
 * any thread; all else belongs to the thread that reads.
 */
final class LiveReading {
    private final Creation connects;
    private final ConnectOrder order;
    private final Duration limit;
    private final Leash leash = new Leash();

    /** Written by the reader, which then looks whether it is {@link #ended}. */
    private volatile @Nullable Connection connection;

    /** Written by whoever ends it, who then looks whether there is a {@link #connection}: one of them sees the other. */
    private volatile @Nullable String ended;

    LiveReading(Creation connects, ConnectOrder order, Duration limit) {
        this.connects = connects;
        this.order = order;
        this.limit = limit;
    }

    /**
     * What the server says.
     *
     * @throws SQLException if it could not be asked, or the limit is over
     */
    Reading read() throws SQLException {
        Future<?> alarm = Timers.schedule(this::expire, Deadline.nanos(limit));
        try (Connection own = connects.connect(order, limit, leash)) {
            hold(own);
            return BudgetProbe.read(own);
        } catch (SQLException e) {
            throw because(e);
        } finally {
            alarm.cancel(false);
        }
    }

    /** Closing a socket may block, and the timer thread must not. */
    private void expire() {
        Workers.run(() -> end("it had not answered within " + limit.toMillis() + " ms"));
    }

    /** The reader gets an exception that says why. */
    void end(String because) {
        ended = because;
        leash.end(because);
        abort(connection);
    }

    private void hold(Connection own) {
        connection = own;
        if (ended != null) {
            abort(own);
        }
    }

    private static void abort(@Nullable Connection open) {
        try {
            if (open != null) {
                open.abort(Runnable::run);
            }
        } catch (SQLException e) {
            // it is going away anyhow
        }
    }

    private SQLException because(SQLException failure) {
        String why = ended;
        return why == null ? failure : new SQLException(why, failure.getSQLState(), failure);
    }
}
