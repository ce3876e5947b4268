package dev.penstock.hikari;

import com.zaxxer.hikari.pool.HikariPool;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Lets one start of a pool be under way at a time. After one that failed the next caller begins a new one. */
final class PoolStarter {
    private @Nullable PoolStart start; // guarded by this
    private boolean closed; // guarded by this

    /** Checked by whoever would begin a start, in its own thread: what it throws is the caller's own. */
    interface Preparation {
        /** Makes everything ready for the start; false if there is nothing to start. */
        boolean ready();
    }

    /**
     * The start that is under way or has succeeded, or a new one.
     *
     * @return empty if the preparation has nothing to start
     * @throws ClosedException after {@link #close}
     */
    synchronized Optional<PoolStart> join(Preparation preparation, Callable<HikariPool> work) throws ClosedException {
        if (closed) {
            throw new ClosedException();
        }
        if (start == null && preparation.ready()) {
            start = PoolStart.begin(work, this::forget);
        }
        return Optional.ofNullable(start);
    }

    /** Prepares for a start without beginning it; what is under way or over is left alone. */
    synchronized void beforeStart(Preparation preparation) throws ClosedException {
        if (closed) {
            throw new ClosedException();
        }
        if (start == null) {
            boolean unused = preparation.ready();
        }
    }

    /** Begins no further start; gives the one that is under way or over. */
    synchronized Optional<PoolStart> close() {
        closed = true;
        return Optional.ofNullable(start);
    }

    synchronized boolean isClosed() {
        return closed;
    }

    private synchronized void forget() {
        start = null;
    }

    /** The data source was closed. */
    static final class ClosedException extends Exception {
        private static final long serialVersionUID = 1L;
    }
}
