package dev.penstock.internal.lease;

import dev.penstock.LeaseVerdict;
import dev.penstock.SessionActivity;
import dev.penstock.internal.events.Guarded;
import dev.penstock.internal.session.Session;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the leases of one pool, again and again: who has ended, what was collected, what is quiet for too long. What
 * it costs is a few reads per lease and look; evidence is gathered only when something may be wrong. For the sweeper's
 * thread alone.
 */
final class Inspector {
    /** A sweep that comes so late tells that this JVM stood still, and not that anybody has been quiet. */
    private static final long STOOD_STILL = Duration.ofSeconds(5).toNanos();

    private static final long AFTER_A_FAILURE = Duration.ofMinutes(1).toNanos();

    /** To see that a suspect is used fetches more than all the rest: some two seconds later will do. */
    private static final int LOOKS_BETWEEN_USES = 4;

    private final StackSampler sampler;
    private final Reporter reporter;
    private final Reclaimer reclaimer;

    private Watchlist watchlist = new Watchlist();
    /** Leases whose handles are gone. */
    private final ReferenceQueue<LeasedConnection> collected = new ReferenceQueue<>();

    /** Leases that were watched. */
    private final Queue<Lease> ended = new ConcurrentLinkedQueue<>();

    private int looks;
    private boolean begun;
    private long latest;
    /** Ticker time from which on everything counts: when the JVM last stood still. */
    private long countsFrom;

    Inspector(StackSampler sampler, Reporter reporter, Reclaimer reclaimer) {
        this.sampler = sampler;
        this.reporter = reporter;
        this.reclaimer = reclaimer;
    }

    private void begin(long now) {
        if (!begun) {
            countsFrom = now - Long.MAX_VALUE / 4;
        } else if (now - latest > STOOD_STILL) {
            countsFrom = now;
        }
        begun = true;
        latest = now;
    }

    /** It need not be watched any more. By anybody, at any time. */
    void ended(Lease lease) {
        ended.add(lease);
    }

    /**
     * Looks at all of them.
     *
     * @return nanoseconds from now until one of them has to be judged
     */
    long look(Slot[] slots, long now) {
        begin(now);
        watchlist = watchlist.of(slots);
        noteTheEnded();
        noteTheCollected(now);
        for (int i = 0; i < watchlist.size(); i++) {
            if (!watchlist.isHeld(i)) {
                noteTheNewOrDead(i, now);
            }
        }
        if (watchlist.hasSuspects() && ++looks % LOOKS_BETWEEN_USES == 0) {
            noteTheUsed(now);
        }
        if (watchlist.untilDue(now) <= 0) {
            judgeThoseDue(now);
        }
        return watchlist.untilDue(now);
    }

    private void noteTheEnded() {
        Lease next = ended.poll();
        while (next != null) {
            watchlist.forget(next);
            next = ended.poll();
        }
    }

    private void noteTheCollected(long now) {
        Reference<?> next = collected.poll();
        while (next != null) {
            Lease lease = (Lease) next;
            lease.unreachable = true;
            lease.unreachableSince = now;
            watchlist.judgeNow(lease, now);
            next = collected.poll();
        }
    }

    private void noteTheNewOrDead(int i, long now) {
        Lease lease = watchlist.lease(i);
        if (lease == null) {
            lease = watchlist.slot(i).see(now, collected);
            if (lease == null) {
                return;
            }
            long longest = Math.min(lease.terms().limitNanos(), reclaimer.longestHold(lease.terms()));
            watchlist.watch(i, lease, lease.borrowedAt() + longest);
        }
        if (!lease.dead && !watchlist.isHeld(i)) {
            lease.dead = true;
            lease.deadSince = now;
            watchlist.borrowerHasEnded(i);
            watchlist.judgeNow(lease, now);
        }
    }

    private void noteTheUsed(long now) {
        for (int i = 0; i < watchlist.size(); i++) {
            Lease lease = watchlist.isSuspect(i) ? watchlist.lease(i) : null;
            if (lease != null && lease.lastUsed() != lease.usedAt) {
                watchlist.judgeNow(lease, now);
            }
        }
    }

    private void judgeThoseDue(long now) {
        for (int i = 0; i < watchlist.size(); i++) {
            if (watchlist.isDue(i, now)) {
                judgeGuarded(i, now);
            }
        }
        watchlist.nextDue(now);
    }

    private void judgeGuarded(int i, long now) {
        Lease lease = watchlist.lease(i);
        if (lease == null) {
            return;
        }
        // what goes wrong with one must not keep the others from being looked at, nor fill the log
        watchlist.judged(i, watchlist.isSuspect(i), now + AFTER_A_FAILURE);
        Guarded.run(lease.slot().desk.name(), "a look at lease " + lease.id(), () -> {
            lease.usedAt = lease.lastUsed(); // before: writing a report takes its time
            long again = judge(lease, now);
            watchlist.judged(i, lease.suspicion() != null, again);
            if (!lease.slot().isHeldBy(lease)) {
                watchlist.forget(lease);
            }
        });
    }

    /** When to judge it again. */
    private long judge(Lease lease, long now) {
        if (!lease.slot().isHeldBy(lease)) {
            return now;
        }
        Evidence evidence = evidence(lease, now);
        // not asked of one that is busy: some pools' proxies would have this thread wait for the end of the statement
        if (!evidence.isBusy() && lease.isClosedUnderneath()) {
            boolean unused = lease.slot().end(lease);
            return now;
        }
        Session session = lease.session();
        if (!evidence.isVisible() && session != null && session.isVisible()) {
            return now; // it changes at this moment: the next look will tell
        }
        Suspicion before = lease.suspicion();
        boolean due = before == null || evidence.lasting() >= before.nextAfterNanos();
        LeaseVerdict verdict = Verdicts.of(evidence, () -> mayBeInBorrowingMethod(lease, due ? null : before));
        if (verdict != null && before == null) {
            sampler.arm(now);
        }
        tell(lease, evidence, verdict, before, now);
        reclaimer.consider(lease, evidence, verdict, now);
        return now + untilNext(lease, evidence, verdict);
    }

    /** A suspect is judged anew when the next report is due; besides, whenever it is used, or left by its owner. */
    private long untilNext(Lease lease, Evidence evidence, @Nullable LeaseVerdict verdict) {
        if (reclaimer.waitsFor(lease, evidence, verdict)) {
            return 0; // until its transaction is over
        }
        Suspicion suspicion = lease.suspicion();
        long untilTold = verdict == null || suspicion == null
                ? evidence.untilSuspect()
                : suspicion.nextAfterNanos() - evidence.lasting();
        long untilTakenBack = reclaimer.longestHold(lease.terms()) - evidence.age();
        return Math.max(0, untilTakenBack > 0 ? Math.min(untilTold, untilTakenBack) : untilTold);
    }

    private void tell(
            Lease lease, Evidence evidence, @Nullable LeaseVerdict verdict, @Nullable Suspicion before, long now) {
        if (verdict != null) {
            tellIfDue(lease, evidence, verdict, before, now);
        } else if (before != null && isUsedSince(before, lease, evidence) && lease.acquit() != null) {
            reporter.cameBack(lease, before, lease.age(now), false);
        }
    }

    private void tellIfDue(Lease lease, Evidence evidence, LeaseVerdict verdict, @Nullable Suspicion before, long now) {
        boolean due = before == null
                || evidence.lasting() >= before.nextAfterNanos()
                || (verdict != before.verdict() && verdict.isLeak());
        if (!due) {
            return;
        }
        Suspicion suspicion = before == null
                ? Suspicion.first(verdict, now, evidence.limit())
                : before.again(verdict, evidence.lasting());
        lease.suspect(suspicion);
        // if it has ended meanwhile, either whoever ended it has told that it came back, or nobody tells anything
        if (lease.slot().isHeldBy(lease) || lease.acquit() == null) {
            reporter.suspected(
                    reporter.report(lease, verdict, evidence.limit(), suspicion.reports(), now),
                    lease,
                    suspicion,
                    before,
                    now);
        }
    }

    /** Not if it is only that this JVM stood still, and the evidence has to be gathered anew. */
    private static boolean isUsedSince(Suspicion suspicion, Lease lease, Evidence evidence) {
        Session session = lease.session();
        return session != null
                && session.isVisible()
                && (evidence.isBusy() || session.lastExchangeNanos() - suspicion.since() > 0);
    }

    /**
     * Whether the borrower may still be where it borrowed; if that was not captured, wherever it is in the application.
     * Looking into a thread is dear: while nothing is to be told, what was seen last time counts.
     */
    private static boolean mayBeInBorrowingMethod(Lease lease, @Nullable Suspicion lately) {
        if (lately != null) {
            return lately.verdict() == LeaseVerdict.LONG_HOLD;
        }
        StackTraceElement[] live = lease.borrower().getStackTrace();
        BorrowStack stack = lease.stack();
        return stack == null ? Frames.inApplication(live) : Frames.inBorrowingMethod(stack.getStackTrace(), live);
    }

    private Evidence evidence(Lease lease, long now) {
        Session session = lease.session();
        SessionActivity activity = session == null ? SessionActivity.UNKNOWN : counted(session.activity(now), now);
        long age = since(lease.borrowedAt(), now);
        long quiet =
                session != null && session.isVisible() ? Math.min(age, since(session.lastExchangeNanos(), now)) : age;
        return new Evidence(
                age,
                activity,
                quiet,
                lease.dead ? since(lease.deadSince, now) : Evidence.NOT,
                lease.unreachable ? since(lease.unreachableSince, now) : Evidence.NOT,
                lease.terms().limitNanos());
    }

    private SessionActivity counted(SessionActivity activity, long now) {
        Duration counts = Duration.ofNanos(now - countsFrom);
        return activity.lasting().compareTo(counts) <= 0
                ? activity
                : new SessionActivity(activity.kind(), counts, activity.inTransaction());
    }

    /** What has passed, but for what nobody could do anything in. */
    private long since(long instant, long now) {
        return Math.max(0, Math.min(now - instant, now - countsFrom));
    }
}
