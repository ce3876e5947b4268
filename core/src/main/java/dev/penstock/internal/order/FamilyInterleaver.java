package dev.penstock.internal.order;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * Lets IPv6 and IPv4 alternate (RFC 8305, section 4, with a First Address Family Count of 1), so that a
 * family without a working route costs one attempt delay and not one per address.
 *
 * <p>Addresses come in groups of equal rank, best first; the alternation goes on across groups.
 *
 * <p>Not thread-safe: for use within one call.
 */
final class FamilyInterleaver {
    private final List<InetAddress> result = new ArrayList<>();

    /** Whether IPv6 is due next. */
    private boolean six;

    private FamilyInterleaver(boolean six) {
        this.six = six;
    }

    static FamilyInterleaver startingWithFamilyOf(InetAddress address) {
        return new FamilyInterleaver(isSix(address));
    }

    /** Adds a group; its order is kept within each family. */
    void append(List<InetAddress> group) {
        Queue<InetAddress> sixes = new ArrayDeque<>();
        Queue<InetAddress> fours = new ArrayDeque<>();
        group.forEach(address -> (isSix(address) ? sixes : fours).add(address));
        for (int i = 0; i < group.size(); i++) {
            Queue<InetAddress> due = six ? sixes : fours;
            Queue<InetAddress> other = six ? fours : sixes;
            add(due.isEmpty() ? other.remove() : due.remove());
        }
    }

    List<InetAddress> result() {
        return List.copyOf(result);
    }

    private void add(InetAddress address) {
        result.add(address);
        six = !isSix(address);
    }

    private static boolean isSix(InetAddress address) {
        return address instanceof Inet6Address;
    }
}
