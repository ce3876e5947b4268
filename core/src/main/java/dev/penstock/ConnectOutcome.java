package dev.penstock;

/**
 * How one attempt, or a whole connect, ended. Decided from the phase, the server's SQLState and our
 * own flags, never from the text of a message.
 */
public enum ConnectOutcome {
    /** A usable session. */
    CONNECTED,
    /** No TCP connection: refused, unroutable, or the name is unknown. */
    UNREACHABLE,
    /** Nothing came in time; decided by our own flag, not by what the driver made of it. */
    TIMED_OUT,
    /** A TCP connection that ended before a session was usable: reset, closed, TLS or protocol error. */
    BROKEN,
    /** The server refuses us for a reason of our own: SQLState class 28 or 3D000. */
    REJECTED,
    /** The server has no slot left: SQLState 53300. */
    SERVER_FULL,
    /** The server starts up, shuts down or recovers: SQLState 57P03. */
    STARTING_UP,
    /** The server refused with another SQLState. */
    SERVER_ERROR,
    /** A healthy server whose role is not the one that targetServerType asks for. */
    WRONG_ROLE,
    /** The credentials supplier failed, or did not answer in time; no server was asked. */
    NO_CREDENTIALS,
    /** Still healthy when another address won the race, or closed because it gave way. */
    LOST_RACE,
    /** The caller was interrupted, or the connector was closed meanwhile. */
    ABANDONED
}
