package dev.penstock.budget;

/**
 * Erlang's formulas: n connections, calls at random moments, {@code load} of them under way on average if none had to
 * wait (offered load: arrivals per second x seconds of hold, in erlang).
 *
 * <p>By the recursion {@code B(n) = load B(n-1) / (n + load B(n-1))}, {@code B(0) = 1}. Its terms stay between 0 and 1,
 * so that nothing overflows and nothing cancels out, for any number of connections (A. K. Erlang, "Solution of some
 * Problems in the Theory of Probabilities of Significance in Automatic Telephone Exchanges", 1917; R. B. Cooper,
 * "Introduction to Queueing Theory", 2nd edition 1981, chapter 3; L. Kleinrock, "Queueing Systems", volume 1, 1975,
 * chapter 3). Linear in n: about a tenth of a millisecond for 10,000.
 */
public final class Erlang {
    private Erlang() {}

    /**
     * Erlang B: how likely a call finds all of them taken, where nobody waits.
     *
     * @param connections from 1 to 10^6
     * @param load zero or more, at most 10^12
     */
    public static double blocked(int connections, double load) {
        check(connections, load);
        double blocked = 1;
        for (int n = 1; n <= connections; n++) {
            blocked = next(blocked, n, load);
        }
        return blocked;
    }

    /**
     * Erlang C: how likely a call has to wait, where everybody does (M/M/c). 1 if the load is as much as all of them or
     * more: the queue grows for ever.
     *
     * @param connections from 1 to 10^6
     * @param load zero or more, at most 10^12
     */
    public static double waits(int connections, double load) {
        check(connections, load);
        return load >= connections ? 1 : waits(blocked(connections, load), connections, load);
    }

    private static void check(int connections, double load) {
        Bounds.between("connections", 1, Bounds.MOST, connections);
        Bounds.between("load", 0, Workload.MOST_LOAD, load);
    }

    /** Erlang B of one more. */
    static double next(double blocked, int connections, double load) {
        return load * blocked / (connections + load * blocked);
    }

    /** Erlang C from Erlang B, for less load than connections. */
    static double waits(double blocked, int connections, double load) {
        return Math.min(1, connections * blocked / (connections - load * (1 - blocked))); // rounded, it could be more
    }
}
