package dev.penstock.tools.deadlines;

import dev.penstock.ConnectOutcome;
import dev.penstock.ConnectPhase;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How the connects of a case must end: by the connector's own flags, never by the text of a message.
 *
 * @param outcome the outcome class
 * @param phases where it may have happened, empty for {@link ConnectOutcome#CONNECTED}
 * @param atDeadline whether the deadline must end it, not earlier and not by itself
 */
record Expectation(ConnectOutcome outcome, Set<ConnectPhase> phases, boolean atDeadline) {

    /** Connects. */
    static Expectation connects() {
        return new Expectation(ConnectOutcome.CONNECTED, Set.of(), false);
    }

    /** The deadline ends it, in one of these phases. */
    static Expectation expires(ConnectOutcome outcome, ConnectPhase first, ConnectPhase... more) {
        return new Expectation(outcome, EnumSet.of(first, more), true);
    }

    /** Fails before the deadline, in one of these phases. */
    static Expectation fails(ConnectOutcome outcome, ConnectPhase first, ConnectPhase... more) {
        return new Expectation(outcome, EnumSet.of(first, more), false);
    }

    /** Whether a connect has ended so. */
    boolean isMetBy(Ending ending) {
        return ending.outcome() == outcome
                && (phases.isEmpty() || phases.contains(ending.phase()))
                && (!atDeadline || ending.overshootNanos() >= 0);
    }

    @Override
    public String toString() {
        return outcome
                + (phases.isEmpty()
                        ? ""
                        : phases.stream().map(ConnectPhase::label).collect(Collectors.joining(" or ", " in ", "")))
                + (atDeadline ? ", at the deadline" : "");
    }
}
