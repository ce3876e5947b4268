package dev.penstock;

import dev.penstock.internal.failure.Masking;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One attempt within a connect, as it ended.
 *
 * @param host host as the URL names it, with its port
 * @param address address and port tried; null while the name was not resolved, or where the address
 *     is not ours to choose (SOCKS proxy, a user's socket factory)
 * @param phase how far it came
 * @param outcome how it ended
 * @param startedAfter from the start of the connect to the start of this attempt
 * @param elapsed from the start of this attempt to its end
 * @param sqlState SQLState as the server or the driver gave it, null if neither did
 * @param cause what went wrong, null for attempts that did not fail
 */
public record ConnectAttempt(
        String host,
        @Nullable String address,
        ConnectPhase phase,
        ConnectOutcome outcome,
        Duration startedAfter,
        Duration elapsed,
        @Nullable String sqlState,
        @Nullable Throwable cause) {

    /** Without secrets: the cause is somebody else's text, and a server or proxy may quote what it was sent. */
    @Override
    public String toString() {
        return Masking.mask("ConnectAttempt[host=" + host + ", address=" + address + ", phase=" + phase + ", outcome="
                + outcome + ", startedAfter=" + startedAfter + ", elapsed=" + elapsed + ", sqlState=" + sqlState
                + ", cause=" + cause + "]");
    }
}
