package dev.penstock.internal.lease;

import dev.penstock.CallSite;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the places that borrow. Borrowers only leave word of a captured lease that has ended; its frames are
 * made, and it is entered, by the sweeper, of so many per sweep at most. Bounded memory: the place that was not heard
 * of for longest goes. Thread-safe.
 */
final class CallSites {
    private static final int MOST_SITES = 500;
    private static final int MOST_WAITING = 64;
    /** Held for so long it is not to be lost behind many short ones. */
    private static final long LONG = Duration.ofSeconds(1).toNanos();
    /** More would make many places of one method that is called from many. */
    private static final int FRAMES_OF_A_SITE = 4;

    private record Ended(BorrowStack stack, long heldNanos) {}

    /**
     * A captured lease that has ended.
     *
     * @param frames of the application, the innermost first
     */
    record Entered(List<StackTraceElement> frames, long heldNanos) {}

    private final Queue<Ended> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waitingCount = new AtomicInteger();

    /** Guarded by this. */
    private final Map<List<StackTraceElement>, Tally> sites = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<List<StackTraceElement>, Tally> eldest) {
            return size() > MOST_SITES;
        }
    };

    private static final class Tally {
        long returned;
        long heldNanos;
        long longestNanos;
        long suspected;
    }

    /** A lease whose stack was captured has ended; on the borrower's thread. */
    void ended(BorrowStack stack, long heldNanos) {
        if (waitingCount.get() < (heldNanos >= LONG ? 2 * MOST_WAITING : MOST_WAITING)) {
            waitingCount.incrementAndGet();
            waiting.add(new Ended(stack, heldNanos));
        }
    }

    /**
     * Enters what has ended since, no more than may wait: whoever ends leases faster than that is not caught up with.
     */
    List<Entered> enter() {
        List<Entered> entered = new ArrayList<>();
        Ended next = waiting.poll();
        while (next != null) {
            waitingCount.decrementAndGet();
            entered.add(enter(next));
            next = entered.size() < 2 * MOST_WAITING ? waiting.poll() : null;
        }
        return entered;
    }

    private Entered enter(Ended ended) {
        List<StackTraceElement> frames = site(Frames.ofApplication(ended.stack().getStackTrace()));
        synchronized (this) {
            Tally tally = tallyOf(frames);
            tally.returned++;
            tally.heldNanos += ended.heldNanos();
            tally.longestNanos = Math.max(tally.longestNanos, ended.heldNanos());
        }
        return new Entered(frames, ended.heldNanos());
    }

    /** One more report about a lease from there. */
    synchronized void suspected(List<StackTraceElement> frames) {
        tallyOf(site(frames)).suspected++;
    }

    /** What tells one place from another: the innermost frames. */
    static List<StackTraceElement> site(List<StackTraceElement> frames) {
        return frames.subList(0, Math.min(frames.size(), FRAMES_OF_A_SITE));
    }

    private Tally tallyOf(List<StackTraceElement> frames) {
        return sites.computeIfAbsent(frames, unused -> new Tally());
    }

    /** What is known of one place; null if nothing is. */
    synchronized @Nullable CallSite of(List<StackTraceElement> frames, int openNow, long oldestNanos) {
        List<StackTraceElement> place = site(frames);
        Tally tally = sites.get(place);
        return tally == null && openNow == 0 ? null : site(place, tally, openNow, oldestNanos);
    }

    /**
     * All of them, those that hold for longest in all first; what is open counts as far as it has lasted.
     *
     * @param open captured leases that are open by their frames
     */
    synchronized List<CallSite> all(Map<List<StackTraceElement>, Open> open) {
        Map<List<StackTraceElement>, Tally> known = new HashMap<>(sites);
        open.keySet().forEach(frames -> known.putIfAbsent(frames, new Tally()));
        List<Ranked> all = new ArrayList<>();
        known.forEach((frames, tally) -> {
            Open now = open.getOrDefault(frames, Open.NONE);
            all.add(new Ranked(
                    site(frames, tally, now.count(), now.oldestNanos()), tally.heldNanos + now.totalNanos()));
        });
        all.sort(Comparator.comparingLong(Ranked::heldNanos).reversed());
        return all.stream().map(Ranked::site).toList();
    }

    private record Ranked(CallSite site, long heldNanos) {}

    /**
     * Leases of one place that are open.
     *
     * @param count how many
     * @param oldestNanos age of the oldest
     * @param totalNanos of all together
     */
    record Open(int count, long oldestNanos, long totalNanos) {
        static final Open NONE = new Open(0, 0, 0);

        Open and(long ageNanos) {
            return new Open(count + 1, Math.max(oldestNanos, ageNanos), totalNanos + ageNanos);
        }
    }

    private static CallSite site(List<StackTraceElement> frames, @Nullable Tally tally, int openNow, long oldest) {
        Tally known = tally == null ? new Tally() : tally;
        return new CallSite(
                frames,
                known.returned + openNow,
                known.returned,
                known.returned == 0 ? Duration.ZERO : Duration.ofNanos(known.heldNanos / known.returned),
                Duration.ofNanos(Math.max(known.longestNanos, oldest)),
                openNow,
                known.suspected);
    }
}
