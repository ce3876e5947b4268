package dev.penstock.internal.lease;

import dev.penstock.CallSite;
import dev.penstock.LeaseReport;
import dev.penstock.LeaseVerdict;
import dev.penstock.OpenLease;
import dev.penstock.PenstockListener.LeaseCameBack;
import dev.penstock.PenstockListener.LeaseReclaimed;
import dev.penstock.PenstockListener.LeaseSampled;
import dev.penstock.PenstockListener.LeaseSuspected;
import dev.penstock.internal.events.Announcer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Writes down what was found, counts it, and has it told on a worker: a listener that is slow holds up no sweep. */
final class Reporter {
    private final String name;
    private final Surroundings surroundings;
    private final CallSites sites;
    private final OnLoan onLoan;
    private final Announcer announcer;
    /** Null if nobody asks the server. */
    private final @Nullable LockReports locks;

    private final Map<LeaseVerdict, LongAdder> suspected = new EnumMap<>(LeaseVerdict.class);
    private final LongAdder falseAlarms = new LongAdder();
    private final LongAdder reclaimed = new LongAdder();

    Reporter(String name, Surroundings surroundings, CallSites sites, OnLoan onLoan) {
        this.onLoan = onLoan;
        this.name = name;
        this.surroundings = surroundings;
        this.sites = sites;
        this.announcer = new Announcer(surroundings.workers());
        LockDiagnosis server = surroundings.locks();
        this.locks = server == null ? null : new LockReports(name, server, surroundings.workers());
        for (LeaseVerdict verdict : LeaseVerdict.values()) {
            suspected.put(verdict, new LongAdder());
        }
    }

    LeaseReport report(Lease lease, LeaseVerdict verdict, long limitNanos, int times, long now) {
        OpenLease open = lease.snapshot(name, now, verdict);
        return new LeaseReport(
                open,
                verdict,
                Duration.ofNanos(limitNanos),
                times,
                Frames.live(lease.borrower().getStackTrace()),
                siteOf(open),
                lease.lastSql(),
                List.of());
    }

    private @Nullable CallSite siteOf(OpenLease open) {
        return open.borrowStack().isEmpty()
                ? null
                : sites.of(
                        open.borrowStack(),
                        onLoan.from(open.borrowStack()),
                        open.age().toNanos());
    }

    /** Has it told; {@code before} is what the lease was suspected of before this, null if of nothing. */
    void suspected(LeaseReport report, Lease lease, Suspicion suspicion, @Nullable Suspicion before, long now) {
        if (locks != null && report.verdict() == LeaseVerdict.SLOW_STATEMENT) {
            locks.add(report, now, diagnosed -> {
                lease.suspect(suspicion, diagnosed.verdict());
                tellSuspected(diagnosed, before);
            });
        } else {
            tellSuspected(report, before);
        }
    }

    /** Nobody waits for ever for the server to say why a statement is slow. */
    void tellWhatNobodyAnswers(long now) {
        if (locks != null) {
            locks.giveUp(now);
        }
    }

    private void count(LeaseVerdict verdict) {
        LongAdder counter = suspected.get(verdict);
        if (counter != null) {
            counter.increment();
        }
    }

    private void tellSuspected(LeaseReport report, @Nullable Suspicion before) {
        if (before == null || before.verdict() != report.verdict()) {
            count(report.verdict());
            if (report.site() != null) {
                sites.suspected(report.lease().borrowStack());
            }
        }
        tell(() -> surroundings.listeners().tell(l -> l.leaseSuspected(new LeaseSuspected(name, report))));
    }

    /** A suspect is none any more. */
    void cameBack(Lease lease, Suspicion suspicion, long heldNanos, boolean closed) {
        if (suspicion.verdict().isLeak()) {
            falseAlarms.increment();
        }
        LeaseCameBack event = new LeaseCameBack(
                name,
                lease.id(),
                suspicion.verdict(),
                lease.borrower().getName(),
                Duration.ofNanos(Math.max(0, heldNanos)),
                closed);
        tell(() -> surroundings.listeners().tell(l -> l.leaseCameBack(event)));
    }

    void reclaimed(LeaseReport report, String because) {
        reclaimed.increment();
        tell(() -> surroundings.listeners().tell(l -> l.leaseReclaimed(new LeaseReclaimed(name, report, because))));
    }

    /** All of them in one go: with many of them it is the hand-over that costs. */
    void sampled(List<CallSites.Entered> entered) {
        if (!entered.isEmpty() && surroundings.listeners().wantLeaseSamples()) {
            tell(() -> entered.forEach(this::tellSampled));
        }
    }

    private void tellSampled(CallSites.Entered lease) {
        LeaseSampled event = new LeaseSampled(name, lease.frames(), Duration.ofNanos(Math.max(0, lease.heldNanos())));
        surroundings.listeners().tell(l -> l.leaseSampled(event));
    }

    private void tell(Runnable news) {
        announcer.add(news);
        announcer.flush();
    }

    long suspected(LeaseVerdict verdict) {
        LongAdder counter = suspected.get(verdict);
        return counter == null ? 0 : counter.sum();
    }

    long falseAlarms() {
        return falseAlarms.sum();
    }

    long reclaimed() {
        return reclaimed.sum();
    }
}
