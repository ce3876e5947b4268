package dev.penstock;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a session is doing, as its socket and the driver's transaction state tell; no statement is wrapped for it.
 *
 * @param kind what
 * @param lasting for how long it has been doing that; zero if it is not known
 * @param inTransaction for how long a transaction has been open, from the first write of its first statement; null if
 *     none is, or it is not known
 */
public record SessionActivity(
        Kind kind, Duration lasting, @Nullable Duration inTransaction) {
    /** Of a session on somebody else's socket. */
    public static final SessionActivity UNKNOWN = new SessionActivity(Kind.UNKNOWN, Duration.ZERO, null);

    /** What a session does. */
    public enum Kind {
        /** The server has been sent something and works on it, or the answer is on its way. */
        WAITING_FOR_SERVER("waiting for the server"),

        /** Bytes are being sent, and the server does not take them. */
        SENDING("sending"),

        /** The driver reads without having asked for anything: notifications, replication. */
        LISTENING("listening"),

        /** A transaction is open, and no statement runs. */
        IDLE_IN_TRANSACTION("idle in transaction"),

        /** Nothing. */
        IDLE("idle"),

        /** The socket is not Penstock's. */
        UNKNOWN("activity unknown");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** In the words of a report. */
        public String words() {
            return words;
        }
    }

    /** Whether a byte is being waited for, or being sent. */
    public boolean isBusy() {
        return kind == Kind.WAITING_FOR_SERVER || kind == Kind.SENDING || kind == Kind.LISTENING;
    }
}
