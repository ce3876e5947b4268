package dev.penstock.internal.connect;

import dev.penstock.ConnectAttempt;
import dev.penstock.internal.target.HostPort;

/**
 * A move of the race, bound under its lock to the attempt that it is for, and carried out after the lock
 * has been let go: what is decided later about the same address concerns another attempt.
 */
sealed interface Task {
    /** Look the name up. */
    record LookUp(HostPort host) implements Task {}

    /** Go on with the last good answer, if there is one. */
    record UseLastAnswer(HostPort host) implements Task {}

    /** Connect TCP. */
    record Dial(Attempt attempt) implements Task {}

    /** Open the session. */
    record Open(Attempt attempt) implements Task {}

    /** Tell listeners that the server is silent. */
    record ReportSilence(Attempt attempt, long silentNanos) implements Task {}

    /** Close everything and tell listeners how it ended; {@code overtaken} by a winner that began later. */
    record GiveUp(Attempt attempt, ConnectAttempt end, boolean overtaken) implements Task {}
}
