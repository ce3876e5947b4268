package dev.penstock.internal.lease;

import dev.penstock.internal.time.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which threads migrate: they have no limits ({@code session.exempt}). One is recognised when it asks for the metadata
 * of a connection with a class of such a tool on its stack, and remembered for its further borrows. Thread-safe.
 */
final class Migrations {
    /** So long after it was seen last. */
    private static final long REMEMBERED = Duration.ofHours(1).toNanos();

    /** Between the tool and the pool there are wrappers, not applications. */
    private static final int FRAMES = 50;

    private final List<String> prefixes;
    private final Ticker ticker;

    /** Ids of threads, and when each was seen last: a thread must not be kept for it. */
    private final Map<Long, Long> seenAt = new ConcurrentHashMap<>();

    private volatile boolean underWay;

    /** Of tools in these packages. */
    Migrations(List<String> packages, Ticker ticker) {
        this.prefixes = packages.stream().map(name -> name + ".").toList();
        this.ticker = ticker;
    }

    /** Whether some thread may be at it; one volatile read. */
    boolean areUnderWay() {
        return underWay;
    }

    /** Whether the calling thread does, as its stack says. */
    boolean beginHere() {
        long thread = Thread.currentThread().getId();
        if (isOnStack()) {
            seenAt.put(thread, ticker.nanos());
            underWay = true;
            return true;
        }
        forget(thread);
        return false;
    }

    /** Whether the calling thread has done so before, and does still. */
    boolean goOnHere() {
        if (!seenAt.containsKey(Thread.currentThread().getId())) {
            long now = ticker.nanos();
            seenAt.forEach((thread, at) -> {
                if (now - at > REMEMBERED) {
                    forget(thread);
                }
            });
            return false;
        }
        return beginHere();
    }

    private void forget(long thread) {
        if (seenAt.remove(thread) != null && seenAt.isEmpty()) {
            underWay = false;
            underWay = !seenAt.isEmpty(); // one may have come meanwhile
        }
    }

    private boolean isOnStack() {
        return !prefixes.isEmpty()
                && StackWalker.getInstance()
                        .walk(frames -> frames.limit(FRAMES).anyMatch(frame -> isTool(frame.getClassName())));
    }

    private boolean isTool(String className) {
        return prefixes.stream().anyMatch(className::startsWith);
    }
}
