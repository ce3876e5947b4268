package dev.penstock.internal.race;

import dev.penstock.internal.target.HostPort;
import java.util.List;

/**
 * What a race is run over: the hosts in the order in which they are to be tried, and the limit.
 *
 * @param hosts at least one
 * @param deadline nanoseconds from the start of the race to its end
 * @param headStart nanoseconds, at the most, that a host has before the next one starts beside it; its
 *     share of the time if that is less
 */
public record Course(List<Host> hosts, long deadline, long headStart) {
    /**
     * One host.
     *
     * @param host as the URL names it
     * @param direct true where neither look-up nor address are ours (SOCKS proxy, a user's factory)
     * @param doubtful true where it failed a moment ago
     */
    public record Host(HostPort host, boolean direct, boolean doubtful) {}
}
