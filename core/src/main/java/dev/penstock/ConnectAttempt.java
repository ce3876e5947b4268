package dev.penstock;

import dev.penstock.internal.failure.Masking;
import java.time.Duration;
import java.util.List;
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
 * @param phases how long each phase took, in the order of {@link ConnectPhase}; the last is {@code phase}. TCP,
 *     TLS, startup and auth belong to {@code elapsed}, which also holds what an address waits for its turn;
 *     the look-up of the host's name came before, and an address in the URL has none. Empty where the socket
 *     is not ours to watch (a user's socket factory)
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
        List<PhaseTime> phases,
        @Nullable String sqlState,
        @Nullable Throwable cause) {

    /** Takes a copy of the list. */
    public ConnectAttempt {
        phases = List.copyOf(phases);
    }

    /** Without secrets: the cause is somebody else's text, and a server or proxy may quote what it was sent. */
    @Override
    public String toString() {
        return Masking.mask("ConnectAttempt[host=" + host + ", address=" + address + ", phase=" + phase + ", outcome="
                + outcome + ", startedAfter=" + startedAfter + ", elapsed=" + elapsed + ", phases=" + phases
                + ", sqlState=" + sqlState
                + ", cause=" + cause + "]");
    }
}
