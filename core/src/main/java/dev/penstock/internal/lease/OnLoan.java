package dev.penstock.internal.lease;

import dev.penstock.CallSite;
import dev.penstock.OpenLease;
import dev.penstock.internal.time.Ticker;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What of a pool is on loan, for whoever asks. Thread-safe. */
public final class OnLoan {
    private final String pool;
    private final Supplier<Slot[]> slots;
    private final CallSites sites;
    private final Ticker ticker;

    /** In the slots of this moment. */
    OnLoan(String pool, Supplier<Slot[]> slots, CallSites sites, Ticker ticker) {
        this.pool = pool;
        this.slots = slots;
        this.sites = sites;
        this.ticker = ticker;
    }

    private List<Lease> leases(long now) {
        List<Lease> leases = new ArrayList<>();
        for (Slot slot : slots.get()) {
            Lease lease = slot.peek(now);
            if (lease != null && (lease.isBusy(now) || !lease.isClosedUnderneath())) {
                leases.add(lease);
            }
        }
        return leases;
    }

    /** Every lease, the oldest first. */
    public List<OpenLease> list() {
        long now = ticker.nanos();
        return leases(now).stream()
                .sorted((one, other) -> Long.compare(other.age(now), one.age(now)))
                .map(lease -> lease.snapshot(pool, now, lease.verdict()))
                .toList();
    }

    /** How many they are, and the age of the oldest; cheap. */
    public Numbers numbers() {
        long now = ticker.nanos();
        int open = 0;
        long oldest = 0;
        for (Lease lease : leases(now)) {
            open++;
            oldest = Math.max(oldest, lease.age(now));
        }
        return new Numbers(open, oldest);
    }

    /**
     * How many are on loan.
     *
     * @param open number of leases
     * @param oldestNanos age of the oldest in nanoseconds; zero if there is none
     */
    public record Numbers(int open, long oldestNanos) {}

    /** What is known of the places that borrow, those that hold longest in all first. */
    public List<CallSite> callSites() {
        long now = ticker.nanos();
        Map<List<StackTraceElement>, CallSites.Open> open = new HashMap<>();
        for (Lease lease : leases(now)) {
            if (lease.stack() != null) {
                open.compute(
                        CallSites.site(lease.borrowFrames()),
                        (frames, before) -> (before == null ? CallSites.Open.NONE : before).and(lease.age(now)));
            }
        }
        return sites.all(open);
    }

    /** How many are open from there, as far as their stacks were captured. */
    int from(List<StackTraceElement> place) {
        long now = ticker.nanos();
        int open = 0;
        for (Slot slot : slots.get()) {
            Lease lease = slot.peek(now);
            open += lease != null && lease.isFrom(place) ? 1 : 0;
        }
        return open;
    }
}
