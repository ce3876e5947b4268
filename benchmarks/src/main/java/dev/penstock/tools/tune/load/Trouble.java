package dev.penstock.tools.tune.load;

import dev.penstock.internal.failure.FailureClass;
import dev.penstock.internal.failure.Masking;
import dev.penstock.tools.tune.search.LoadStoppedException;
import java.sql.SQLException;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The first sign that the server has had enough, or does not want the work; after it nothing goes on. Thread-safe. */
final class Trouble {
    private static final String READ_ONLY = "25006";

    private final AtomicReference<@Nullable Throwable> first = new AtomicReference<>();
    private final CountDownLatch seen = new CountDownLatch(1);

    /** Looks at a failure, which may be an ordinary one. */
    void look(SQLException failure) {
        if (reason(failure) != null) {
            ends(failure);
        }
    }

    /** Whatever it is, it is the end. */
    void ends(Throwable failure) {
        if (first.compareAndSet(null, failure)) {
            seen.countDown();
        }
    }

    boolean isThere() {
        return seen.getCount() == 0;
    }

    /** Waits for it; false if there is none in that time. */
    boolean within(long nanos) throws InterruptedException {
        return seen.await(nanos, TimeUnit.NANOSECONDS);
    }

    /** If there is any. */
    void complain(String when) throws LoadStoppedException {
        Throwable failure = first.get();
        if (failure instanceof SQLException sql) {
            throw stopped(when, sql);
        }
        if (failure != null) {
            throw new LoadStoppedException(
                    "stopped " + when + ": a caller ended with " + Masking.mask(failure.toString())
                            + "; if that is memory: give the JVM more (-Xmx), or let statements return fewer rows",
                    failure);
        }
    }

    /** What happened, and what to do; whatever failure it is. */
    static LoadStoppedException stopped(String when, SQLException failure) {
        String state = Objects.requireNonNullElse(FailureClass.sqlState(failure), "none");
        String reason = Objects.requireNonNullElse(reason(failure), "that must not happen; look into the server's log");
        return new LoadStoppedException(
                "stopped " + when + ": " + Masking.mask(failure.getMessage()) + " (SQLState " + state + "): " + reason,
                failure);
    }

    /** Null if it is none of these. */
    private static @Nullable String reason(SQLException failure) {
        String state = FailureClass.sqlState(failure);
        if (state == null) {
            return null;
        }
        if (state.equals("53300")) {
            return "the server has no connection left for us; raise --reserve, or wait until others need fewer";
        }
        if (state.startsWith("53")) {
            return "the server runs out of something; nothing was measured after that";
        }
        if (state.startsWith("57P")) {
            return "the server is going down, or somebody ends its sessions; run it again when it is up";
        }
        if (state.startsWith("08")) {
            return "the server is gone or does not answer; run it again when it does";
        }
        return state.equals(READ_ONLY) ? "a statement writes, which takes --allow-writes" : null;
    }
}
