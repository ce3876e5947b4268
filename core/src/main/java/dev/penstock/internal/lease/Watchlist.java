package dev.penstock.internal.lease;

import org.jspecify.annotations.Nullable;

/**
 * The leases of a pool that the sweeper has seen, side by side: as long as nothing happens a look at one fetches its
 * borrower from memory, and nothing else. Whoever ends such a lease says so. For the sweeper's thread alone.
 */
final class Watchlist {
    /** Asking a thread whether it lives reads one field from then on; before, asking for its state does. */
    private static final boolean ALIVE_IS_CHEAP = Runtime.version().feature() >= 21;

    private final Slot[] slots;
    /** In that slot; null: none was seen. */
    private final @Nullable Lease[] leases;
    /** Of that lease, until he was seen to have ended. */
    private final @Nullable Thread[] borrowers;
    /** Before that nothing can be wrong with that lease; ticker time. */
    private final long[] judgeAt;
    /** Judged earlier if it is used. */
    private final boolean[] suspect;

    private int suspects;
    /** The first of {@link #judgeAt}, or earlier. */
    private long firstDue;

    /** Of no slots. */
    Watchlist() {
        this(new Slot[0]);
    }

    private Watchlist(Slot[] slots) {
        this.slots = slots;
        this.leases = new @Nullable Lease[slots.length];
        this.borrowers = new @Nullable Thread[slots.length];
        this.judgeAt = new long[slots.length];
        this.suspect = new boolean[slots.length];
    }

    /**
     * The same for these slots: there may be more than before, at the end, and some may be gone; the order is the same.
     */
    Watchlist of(Slot[] current) {
        if (current == slots) {
            return this;
        }
        Watchlist next = new Watchlist(current);
        next.firstDue = firstDue;
        for (int from = 0, to = 0; from < slots.length && to < current.length; from++) {
            if (slots[from] == current[to]) {
                next.take(to++, this, from);
            }
        }
        return next;
    }

    private void take(int i, Watchlist before, int from) {
        Lease lease = before.leases[from];
        if (lease != null) {
            lease.place = i;
            leases[i] = lease;
            borrowers[i] = before.borrowers[from];
            judgeAt[i] = before.judgeAt[from];
            suspectIs(i, before.suspect[from]);
        }
    }

    int size() {
        return slots.length;
    }

    Slot slot(int i) {
        return slots[i];
    }

    /** Null if none was seen there. */
    @Nullable Lease lease(int i) {
        return leases[i];
    }

    /** Whether there is a lease whose borrower is at work: nothing has happened. */
    boolean isHeld(int i) {
        Thread borrower = borrowers[i];
        return borrower != null && isAlive(borrower);
    }

    private static boolean isAlive(Thread borrower) {
        return ALIVE_IS_CHEAP ? borrower.isAlive() : borrower.getState() != Thread.State.TERMINATED;
    }

    /** This lease was seen there, and is to be judged then. */
    void watch(int i, Lease lease, long judgedFirstAt) {
        lease.place = i;
        leases[i] = lease;
        borrowers[i] = lease.borrower();
        suspectIs(i, false);
        judgedAgainAt(i, judgedFirstAt);
    }

    /** Its borrower has ended: he is not looked at any more. */
    void borrowerHasEnded(int i) {
        borrowers[i] = null;
    }

    /** It is not to be looked at any more, if it was. */
    void forget(Lease lease) {
        if (isWatched(lease)) {
            leases[lease.place] = null;
            borrowers[lease.place] = null;
            suspectIs(lease.place, false);
        }
    }

    private boolean isWatched(Lease lease) {
        return lease.place < leases.length && leases[lease.place] == lease;
    }

    // ---- when to judge --------------------------------------------------------------------------

    boolean hasSuspects() {
        return suspects > 0;
    }

    boolean isSuspect(int i) {
        return suspect[i];
    }

    private void suspectIs(int i, boolean on) {
        if (suspect[i] != on) {
            suspect[i] = on;
            suspects += on ? 1 : -1;
        }
    }

    /** To be judged now, if it is watched. */
    void judgeNow(Lease lease, long now) {
        if (isWatched(lease)) {
            judgedAgainAt(lease.place, now);
        }
    }

    /** To be judged again then. */
    void judged(int i, boolean suspectNow, long againAt) {
        suspectIs(i, suspectNow);
        judgedAgainAt(i, againAt);
    }

    private void judgedAgainAt(int i, long time) {
        judgeAt[i] = time;
        if (time - firstDue < 0) {
            firstDue = time;
        }
    }

    boolean isDue(int i, long now) {
        return leases[i] != null && now - judgeAt[i] >= 0;
    }

    /** Nanoseconds until one of them may have to be judged. */
    long untilDue(long now) {
        return firstDue - now;
    }

    /** Those that were due have been judged. */
    void nextDue(long now) {
        firstDue = now + Long.MAX_VALUE / 2;
        for (int i = 0; i < slots.length; i++) {
            if (leases[i] != null && judgeAt[i] - firstDue < 0) {
                firstDue = judgeAt[i];
            }
        }
    }
}
