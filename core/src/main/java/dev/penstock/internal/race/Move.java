package dev.penstock.internal.race;

import dev.penstock.internal.target.HostPort;

/** What the race wants done; whoever brought the event carries it out. */
public sealed interface Move {
    /** Look the host's name up. */
    record LookUp(HostPort host) implements Move {}

    /** The look-up takes too long: go on with the last good answer, if there is one. */
    record UseLastAnswer(HostPort host) implements Move {}

    /** Connect TCP. */
    record Dial(Entrant entrant) implements Move {}

    /** Open a session on the connected socket. */
    record OpenSession(Entrant entrant) implements Move {}

    /** Tell listeners that the server has been silent for so long that another one gets its chance. */
    record ReportSilence(Entrant entrant, long silentNanos) implements Move {}

    /** Close whatever the entrant has open: it gave way, lost, or time is over. */
    record Drop(Entrant entrant, Reason reason) implements Move {}

    /** Why an entrant is dropped. */
    enum Reason {
        /** The oldest silent session made room for an address not tried yet. */
        GAVE_WAY,
        /** Another one won. */
        LOST,
        /** Its host has given an answer that holds for all its addresses. */
        HOST_ANSWERED,
        /** The deadline is over. */
        EXPIRED,
        /** The caller does not wait any longer. */
        ABANDONED
    }
}
