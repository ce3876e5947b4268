package dev.penstock;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An address of a host, and what earlier connects have taught about it; a snapshot. What is remembered only orders the
 * addresses: every one keeps being tried, none is banned.
 *
 * @param host host as the URL names it, with its port
 * @param address address and port
 * @param memory what became of it when it was last tried
 * @param penalty consecutive failures, half of them forgotten every 30 s; from 0 to 6, the larger the later it is tried
 * @param age time since it last worked or failed; null if nothing is remembered of it
 */
public record KnownAddress(
        String host,
        String address,
        Memory memory,
        double penalty,
        @Nullable Duration age) {
    /** For people, on one line: {@code db.example.com:5432 at 10.0.0.7:5432: FAILED 12 s ago, penalty 3.0}. */
    public String describe() {
        String when = age == null ? "" : " " + age.toSeconds() + " s ago";
        return host + " at " + address + ": " + memory + when + (penalty == 0 ? "" : ", penalty " + penalty);
    }

    /** What is remembered of an address. */
    public enum Memory {
        /** The last of its host's that gave a session, within the hour: it is tried first. */
        WORKED,
        /** Nothing is held for or against it: not tried yet, or long ago, or another one has worked since. */
        UNKNOWN,
        /** It failed lately, or another one was faster than it though it had begun later: it is tried last. */
        FAILED
    }
}
