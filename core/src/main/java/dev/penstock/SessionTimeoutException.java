package dev.penstock;

import dev.penstock.internal.settings.Durations;
import java.net.SocketException;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Why a connection is dead: Penstock has closed its socket because a limit was exceeded. In the cause chain of the
 * driver's own exception (SQLState 08006 or 08003) of the call that was blocked, or else of the first call afterwards.
 * A {@link SocketException}, because the driver and the JDK's TLS hand these on as they are.
 */
public final class SessionTimeoutException extends SocketException {
    private static final long serialVersionUID = 1L;

    private final SessionLimit limit;
    private final Duration value;
    private final Duration took;
    private final int backendPid;
    private final @Nullable String address;
    private final Origin origin;

    /** Who has asked for the limit. */
    public enum Origin {
        /** The pool's configuration: {@code penstock.session.*}. */
        POOL,
        /** Whoever borrowed it: {@code withTimeouts}. */
        LEASE,
        /** Whoever manages its transaction, see {@link TransactionLimit}. */
        TRANSACTION
    }

    /**
     * The limit was exceeded.
     *
     * @param value of the limit
     * @param took how long it had lasted when the socket was closed
     * @param backendPid as the server told it at the start of the session; 0 if it did not
     * @param address address and port of the server; null if it is not known
     * @param origin who has asked for the limit
     */
    public SessionTimeoutException(
            SessionLimit limit,
            Duration value,
            Duration took,
            int backendPid,
            @Nullable String address,
            Origin origin) {
        super("penstock has closed this connection: " + what(limit) + " for "
                + words(took) + ", the limit is " + limitText(limit, Durations.format(value), origin)
                + " (enforced by the client; backend " + backendPid + " at "
                + (address == null ? "an unknown address" : address) + ")");
        this.limit = limit;
        this.value = value;
        this.took = took;
        this.backendPid = backendPid;
        this.address = address;
        this.origin = origin;
    }

    private static String limitText(SessionLimit limit, String value, Origin origin) {
        return switch (origin) {
            case POOL -> limit.setting() + "=" + value;
            case LEASE -> value + " for this lease instead of " + limit.setting();
            case TRANSACTION -> value + ", what was left of the timeout of its transaction";
        };
    }

    private static String what(SessionLimit limit) {
        return switch (limit) {
            case STATEMENT, LOCK -> "a statement had been running";
            case IDLE_IN_TRANSACTION -> "its transaction had been open with nothing running in it";
            case TRANSACTION -> "its transaction had been open";
            case IDLE_SESSION -> "it had been idle";
        };
    }

    private static String words(Duration took) {
        return took.toSeconds() >= 60
                ? took.toSeconds() + " s"
                : String.format(Locale.ROOT, "%.2f s", took.toNanos() / 1e9);
    }

    /** Which limit. */
    public SessionLimit limit() {
        return limit;
    }

    /** Its value. */
    public Duration value() {
        return value;
    }

    /** How long it had lasted. */
    public Duration took() {
        return took;
    }

    /** Process id of the server process as the server told it at the start of the session; 0 if it did not. */
    public int backendPid() {
        return backendPid;
    }

    /** Address and port of the server; null if it is not known. */
    public @Nullable String address() {
        return address;
    }

    /** Who has asked for the limit. */
    public Origin origin() {
        return origin;
    }

    /** Whether the limit was another for this lease, or for its transaction, than the pool's. */
    public boolean isOfLease() {
        return origin != Origin.POOL;
    }
}
