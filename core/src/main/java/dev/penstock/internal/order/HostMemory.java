package dev.penstock.internal.order;

import dev.penstock.internal.target.HostPort;
import dev.penstock.internal.target.ServerRole;
import dev.penstock.internal.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Remembers for a while what the hosts of a multi-host URL turned out to be, as pgjdbc's
 * {@code GlobalHostStatusTracker} does, but per connector: one pool's network does not speak for
 * another's.
 *
 * <p>Thread-safe; the lock is held for memory only. Bounded to {@value #MAX_HOSTS} hosts.
 */
public final class HostMemory {
    static final int MAX_HOSTS = 1024;

    private final Ticker ticker;
    private final Duration hostRecheck;
    private final Object lock = new Object();

    /** Guarded by {@code lock}; the latest report is last. */
    private final LinkedHashMap<HostPort, Report> reports = new LinkedHashMap<>();

    /**
     * Knows nothing yet.
     *
     * @param hostRecheck how long a report counts (pgjdbc's {@code hostRecheckSeconds}, default 10 s)
     */
    public HostMemory(Ticker ticker, Duration hostRecheck) {
        this.ticker = ticker;
        this.hostRecheck = hostRecheck;
    }

    /** Remembers what a connect to the host has shown; the previous report no longer counts. */
    public void report(HostPort host, HostStatus status) {
        var report = new Report(status, ticker.nanos());
        synchronized (lock) {
            Bounded.putLast(reports, host, report, MAX_HOSTS);
        }
    }

    /** What the host is known to be; null if nothing was reported within {@code hostRecheck}. */
    public @Nullable HostStatus status(HostPort host) {
        long now = ticker.nanos();
        Report report;
        synchronized (lock) {
            report = reports.get(host);
        }
        return report != null && report.countsAt(now, hostRecheck) ? report.status() : null;
    }

    /** Whether the last connect to the host failed, within {@code hostRecheck}. */
    public boolean recentlyFailed(HostPort host) {
        return status(host) == HostStatus.CONNECT_FAILED;
    }

    /** {@code PRIMARY} or {@code SECONDARY}; null if the role is not known. */
    public @Nullable ServerRole role(HostPort host) {
        HostStatus status = status(host);
        if (status == HostStatus.PRIMARY) {
            return ServerRole.PRIMARY;
        }
        return status == HostStatus.SECONDARY ? ServerRole.SECONDARY : null;
    }

    /**
     * All hosts in the order in which to try them: first those that may be what is wanted, known or not;
     * then those known to be of the other role; last those that failed. Among equals the URL's order
     * holds, or a random one when the load is balanced.
     *
     * <p>As in pgjdbc, a host known to be right does not overtake an unknown one: it would draw every later
     * connect to itself, against the URL's order and against load balancing. Unlike pgjdbc, which drops the
     * other two groups unless the first one is empty, nothing is dropped.
     */
    public List<HostPort> order(List<HostPort> hosts, ServerRole wanted, boolean loadBalance, RandomGenerator random) {
        if (hosts.size() <= 1) {
            return List.copyOf(hosts);
        }
        var ordered = new ArrayList<>(hosts);
        if (loadBalance) {
            shuffle(ordered, random);
        }
        Map<HostPort, Integer> ranks = new HashMap<>();
        hosts.forEach(host -> ranks.put(host, rank(status(host), wanted)));
        ordered.sort(Comparator.comparing(host -> ranks.getOrDefault(host, 0)));
        return List.copyOf(ordered);
    }

    private static int rank(@Nullable HostStatus status, ServerRole wanted) {
        if (status == HostStatus.CONNECT_FAILED) {
            return 2;
        }
        return status != null && status.isWrongFor(wanted) ? 1 : 0;
    }

    /** {@link Collections#shuffle} takes a {@code RandomGenerator} from JDK 21 on only. */
    private static void shuffle(List<HostPort> hosts, RandomGenerator random) {
        for (int last = hosts.size() - 1; last > 0; last--) {
            Collections.swap(hosts, last, random.nextInt(last + 1));
        }
    }

    private record Report(HostStatus status, long at) {
        boolean countsAt(long now, Duration hostRecheck) {
            return Duration.ofNanos(Math.max(0, now - at)).compareTo(hostRecheck) <= 0;
        }
    }
}
