package dev.penstock.spring.actuate;

import dev.penstock.BreakerState;
import dev.penstock.OutageReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What state a pool is in, for people who were woken by it.
 *
 * @param state whether it lends
 * @param reasons why it is not {@link State#FINE}; empty if it is
 */
record Condition(State state, List<String> reasons) {
    /** Whether a pool lends connections. */
    enum State {
        /** It does, and there is nothing to say. */
        FINE,
        /** It does, and somebody should look at it. */
        DEGRADED,
        /** It does not, because somebody wants it so. */
        SUSPENDED,
        /** It has no connection, and none can be made. */
        DOWN
    }

    Condition {
        reasons = List.copyOf(reasons);
    }

    /** Judged by these. A pool whose connections are all on loan lends: it is busy. */
    static Condition of(Signs signs) {
        List<String> reasons = reasons(signs);
        if (signs.suspended()) {
            return new Condition(State.SUSPENDED, reasons);
        }
        if (isDown(signs)) {
            return new Condition(State.DOWN, reasons);
        }
        return new Condition(reasons.isEmpty() ? State.FINE : State.DEGRADED, reasons);
    }

    /**
     * An outage that nobody confirms is none: an empty pool that nobody asks would be down for ever, and whoever
     * watches its readiness would see to it that nobody asks.
     */
    private static boolean isDown(Signs signs) {
        OutageReport outage = signs.outage();
        return outage != null && outage.confirmed() && signs.connections().total() == 0;
    }

    private static List<String> reasons(Signs signs) {
        List<String> reasons = new ArrayList<>();
        if (signs.suspended()) {
            reasons.add("suspended by hand: nobody is lent a connection until it is resumed");
        }
        addBreaker(signs, reasons);
        addWaiting(signs.connections(), reasons);
        if (signs.leaked() > 0) {
            reasons.add(count(signs.leaked(), "connection") + " on loan " + (signs.leaked() == 1 ? "looks" : "look")
                    + " leaked: the endpoint penstock says who borrowed");
        }
        signs.unlimited().forEach(why -> reasons.add("limits of sessions are not all in force on the server: " + why));
        if (signs.overBudget() != null) {
            reasons.add(signs.overBudget());
        }
        return reasons;
    }

    // ---- no connection can be made --------------------------------------------------------------

    private static void addBreaker(Signs signs, List<String> reasons) {
        OutageReport outage = signs.outage();
        if (signs.breaker() == BreakerState.FORCED_CLOSED) {
            reasons.add("the breaker is closed by hand, and does not notice an outage until it is reset");
        } else if (outage != null) {
            reasons.add(outage(signs.breaker(), outage) + "; " + left(outage, signs.connections()));
        }
    }

    private static String outage(BreakerState breaker, OutageReport outage) {
        if (breaker == BreakerState.FORCED_OPEN) {
            return "the breaker is open by hand: no connection is made until it is reset";
        }
        String time = time(outage.lasted());
        return outage.confirmed()
                ? "no connection can be made, for " + time + " now (" + count(outage.failedProbes(), "failed probe")
                        + ")"
                : "no connection could be made from " + time + " ago on, and nobody has wanted one lately:"
                        + " the next borrow will tell";
    }

    private static String left(OutageReport outage, Connections connections) {
        if (connections.total() < 0) {
            return "how many the pool has is not known";
        }
        if (connections.total() == 0) {
            return outage.confirmed() ? "the pool has none" : "the pool has none at the moment";
        }
        return connections.total() + " that the pool has " + (connections.total() == 1 ? "is" : "are")
                + " lent as before, " + Math.max(0, connections.idle()) + " idle now";
    }

    // ---- callers wait ---------------------------------------------------------------------------

    private static void addWaiting(Connections connections, List<String> reasons) {
        int waiting = connections.waiting();
        if (waiting > 0) {
            reasons.add(count(waiting, "caller") + (waiting == 1 ? " waits" : " wait") + " for a connection"
                    + (connections.max() > 0 && connections.active() >= 0
                            ? "; " + connections.active() + " of at most " + connections.max() + " are on loan"
                            : ""));
        }
    }

    private static String count(int number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }

    private static String time(Duration lasted) {
        long seconds = lasted.toSeconds();
        return seconds < 120 ? seconds + " s" : seconds / 60 + " min";
    }
}
