package dev.penstock.internal.order;

import dev.penstock.internal.target.HostPort;
import dev.penstock.internal.time.Ticker;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Remembers which addresses of a host worked, so that the second connect does not pay again for what the
 * first one learned. It only ever reorders: every address keeps being tried, none is banned.
 *
 * <p>Only what differs from "unknown" is kept: one last good address per host, and penalties. Both are
 * bounded to {@value #MAX_ENTRIES} entries; the one reported longest ago goes first.
 *
 * <p>Thread-safe; the lock is held for memory only, the ticker is read outside it.
 */
public final class AddressMemory {
    static final int MAX_ENTRIES = 1024;
    /** So long after its last success an address is no better than others: the resolver's order counts again. */
    static final Duration GOOD_FOR = Duration.ofHours(1);

    private static final double BEST = -1;

    private final Ticker ticker;
    private final Object lock = new Object();

    /** Guarded by {@code lock}; the latest success is last. */
    private final LinkedHashMap<HostPort, Success> successes = new LinkedHashMap<>();

    /** Guarded by {@code lock}; the latest failure is last. */
    private final LinkedHashMap<AddressKey, Penalty> penalties = new LinkedHashMap<>();

    /** Knows nothing yet. */
    public AddressMemory(Ticker ticker) {
        this.ticker = ticker;
    }

    /** The address gave a usable session: it is now the last good one, and nothing is held against it. */
    public void good(HostPort host, InetAddress address) {
        var success = new Success(AddressKey.of(host, address), ticker.nanos());
        synchronized (lock) {
            penalties.remove(success.key());
            Bounded.putLast(successes, host, success, MAX_ENTRIES);
        }
    }

    /** An attempt at the address failed: its penalty grows, and it is no longer the last good one. */
    public void failed(HostPort host, InetAddress address) {
        AddressKey key = AddressKey.of(host, address);
        long now = ticker.nanos();
        synchronized (lock) {
            Success success = successes.get(host);
            if (success != null && success.key().equals(key)) {
                successes.remove(host);
            }
            Bounded.putLast(penalties, key, Penalty.afterFailure(penalties.get(key), now), MAX_ENTRIES);
        }
    }

    /**
     * The distinct addresses of an answer in the order in which to try them: the last good one, those
     * nothing is held against, then the failing ones, least penalty first. Among equals the answer's order
     * holds with the families alternating, beginning with the family of the answer's first address.
     */
    public List<InetAddress> order(HostPort host, List<InetAddress> answer) {
        if (answer.size() <= 1) {
            return List.copyOf(answer);
        }
        FamilyInterleaver interleaver = FamilyInterleaver.startingWithFamilyOf(answer.get(0));
        byRank(distinct(host, answer)).values().forEach(interleaver::append);
        return interleaver.result();
    }

    /** What is remembered now: last good addresses first, then the failing ones, oldest report first. */
    public List<AddressState> snapshot() {
        long now = ticker.nanos();
        var states = new ArrayList<AddressState>();
        synchronized (lock) {
            successes.values().forEach(success -> states.add(success.stateAt(now)));
            penalties.forEach((key, penalty) -> states.add(penalty.stateAt(now, key)));
        }
        states.removeIf(state -> !state.lastGood() && state.penalty() == 0);
        return List.copyOf(states);
    }

    private static Collection<AddressKey> distinct(HostPort host, List<InetAddress> answer) {
        var distinct = new LinkedHashSet<AddressKey>();
        answer.forEach(address -> distinct.add(AddressKey.of(host, address)));
        return distinct;
    }

    private SortedMap<Double, List<InetAddress>> byRank(Collection<AddressKey> keys) {
        long now = ticker.nanos();
        var ranks = new TreeMap<Double, List<InetAddress>>();
        synchronized (lock) {
            keys.forEach(key -> ranks.computeIfAbsent(rank(key, now), rank -> new ArrayList<>())
                    .add(key.address()));
        }
        return ranks;
    }

    /** Lower is better. Called with the lock held. */
    private double rank(AddressKey key, long now) {
        Success success = successes.get(key.host());
        if (success != null && success.key().equals(key) && success.countsAt(now)) {
            return BEST;
        }
        Penalty penalty = penalties.get(key);
        return penalty == null ? 0 : penalty.at(now);
    }

    private record Success(AddressKey key, long at) {
        boolean countsAt(long now) {
            return now - at <= GOOD_FOR.toNanos();
        }

        AddressState stateAt(long now) {
            return key.state(countsAt(now), 0, Duration.ofNanos(Math.max(0, now - at)));
        }
    }
}
