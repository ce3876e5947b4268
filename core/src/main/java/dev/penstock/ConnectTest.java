package dev.penstock;

import dev.penstock.internal.failure.TestReport;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@link PenstockConnector#test} found out: every address of every host, each tried by itself. Immutable;
 * texts that come from servers and drivers are masked.
 *
 * @param connector name of the connector or pool
 * @param target URL without parameters
 * @param limit what the test as a whole was given
 * @param elapsed what it took
 * @param results one for each address, in the order of the URL and of the name service's answer; one for a
 *     host whose addresses are not known or not ours to choose
 */
public record ConnectTest(String connector, String target, Duration limit, Duration elapsed, List<Result> results) {
    /** Takes a copy of the list. */
    public ConnectTest {
        results = List.copyOf(results);
    }

    /**
     * What became of one address, or of a host that came to none.
     *
     * @param host host as the URL names it, with its port
     * @param address address and port; null where the name was not resolved, or where the address is not ours
     *     to choose (SOCKS proxy, a user's socket factory)
     * @param phase how far it came
     * @param outcome how it ended; {@link ConnectOutcome#CONNECTED} if a session could be used, and its role was
     *     acceptable if {@code targetServerType} asks for one
     * @param elapsed time spent on this address
     * @param phases how long each phase took, the look-up of the host's name among them; see {@link
     *     ConnectAttempt#phases}
     * @param sqlState SQLState as the server or the driver gave it, null if neither did
     * @param message what went wrong, null if nothing did or nothing was said
     * @param serverVersion version as the server reports it, null without a session
     * @param role {@code primary} or {@code secondary}; null without a session or if {@code targetServerType}
     *     asks for none
     */
    public record Result(
            String host,
            @Nullable String address,
            ConnectPhase phase,
            ConnectOutcome outcome,
            Duration elapsed,
            List<PhaseTime> phases,
            @Nullable String sqlState,
            @Nullable String message,
            @Nullable String serverVersion,
            @Nullable String role) {
        /** Takes a copy of the list. */
        public Result {
            phases = List.copyOf(phases);
        }

        /** Whether a session could be used. */
        public boolean connected() {
            return outcome == ConnectOutcome.CONNECTED;
        }
    }

    /** How many of the {@link #results} are a session that could be used; one is enough for connects to succeed. */
    public int connected() {
        int count = 0;
        for (Result result : results) {
            count += result.connected() ? 1 : 0;
        }
        return count;
    }

    /**
     * A headline, and one line for each address: the time of each phase, how it ended and why.
     *
     * <pre>{@code
     * penstock 'orders': connect test of jdbc:postgresql://db.example.com:5432/app: 1 of 2 connected in 2500 ms, limit 5000 ms
     *   db.example.com/10.0.0.7:5432  DNS 3 ms, TCP 1 ms, TLS 5 ms, startup 1 ms, auth 4 ms  CONNECTED (PostgreSQL 17.2)
     *   db.example.com/10.0.0.8:5432  DNS 3 ms, TCP 2500 ms  TIMED_OUT in TCP
     * }</pre>
     */
    public String describe() {
        return TestReport.of(this);
    }

    /** {@link #describe}. */
    @Override
    public String toString() {
        return describe();
    }
}
