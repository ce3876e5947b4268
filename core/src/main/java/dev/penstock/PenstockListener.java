package dev.penstock;

import dev.penstock.internal.lease.ReportText;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Told what Penstock does. It feeds the log, the metrics and the tests alike.
 *
 * <p>Every method does nothing by default. Methods are called on whatever thread the event happens
 * on, application threads included, possibly several at once, and must be quick and thread-safe. What a
 * listener throws is logged once per listener class and changes nothing.
 */
public interface PenstockListener {
    /** A connect begins. */
    default void connectStarted(ConnectStarted event) {}

    /**
     * An attempt within a connect ended, in whatever way. Told by the thread that ended it, so it may come
     * after the event that ends its connect; that one has all attempts in it.
     */
    default void attemptEnded(AttemptEnded event) {}

    /** An accepted server has not sent a byte for so long that the next address gets its chance. */
    default void sessionSilent(SessionSilent event) {}

    /** A name could not be looked up in time, and its last good answer is used instead. */
    default void staleAnswerUsed(StaleAnswerUsed event) {}

    /** A connect ended with a usable session. */
    default void connectSucceeded(ConnectSucceeded event) {}

    /** A connect failed; the caller gets {@link ConnectEnded#failure()}. */
    default void connectFailed(ConnectEnded event) {}

    /** A pool's set-up of a new connection outlasted the deadline; its socket was closed. */
    default void setupExpired(SetupExpired event) {}

    /** Connects are not tried any more, but for one probe at a time (in mode observe: would not be). */
    default void breakerOpened(BreakerOpened event) {}

    /** Connects are tried again. */
    default void breakerClosed(BreakerClosed event) {}

    /** A lease is suspect, or still is at twice the limit, four times, and so on. */
    default void leaseSuspected(LeaseSuspected event) {}

    /** A suspect lease came back, or has moved on: its session is used again, its statement has ended. */
    default void leaseCameBack(LeaseCameBack event) {}

    /** A connection was taken back from its borrower. */
    default void leaseReclaimed(LeaseReclaimed event) {}

    /**
     * A lease has ended whose stack had been captured: of a sample of all leases, about a hundred per second and pool
     * at most. Told only if a listener overrides this method, some time later, on a worker.
     */
    default void leaseSampled(LeaseSampled event) {}

    /**
     * A limit of a session was exceeded, and the client has enforced it. What the server enforces by itself is not
     * told: statements are not looked into.
     */
    default void timeoutEnforced(TimeoutEnforced event) {}

    /**
     * A server does not have the limits that it was asked for; told once per server and reason, and again if it had
     * them in between.
     */
    default void limitsNotInForce(LimitsNotInForce event) {}

    /** A pool was checked against its plan ({@code budget.check}), as far as that was possible. */
    default void budgetChecked(BudgetChecked event) {}

    /**
     * A connect begins.
     *
     * @param connector name of the connector or pool
     * @param connect number of the connect within its connector, from 1; the same in all its events
     * @param deadline limit for the whole connect
     */
    record ConnectStarted(String connector, long connect, Duration deadline) {}

    /**
     * An attempt ended.
     *
     * @param connector name of the connector or pool
     * @param connect number of the connect
     * @param attempt how it ended
     */
    record AttemptEnded(String connector, long connect, ConnectAttempt attempt) {}

    /**
     * An accepted server is silent.
     *
     * @param connector name of the connector or pool
     * @param connect number of the connect
     * @param host host as the URL names it
     * @param address address and port
     * @param silentFor time since its last byte, or since TCP connected
     */
    record SessionSilent(String connector, long connect, String host, String address, Duration silentFor) {}

    /**
     * A stale answer is used.
     *
     * @param connector name of the connector or pool
     * @param connect number of the connect
     * @param host name that was looked up
     * @param age age of the answer that is used
     * @param addresses number of addresses in it
     */
    record StaleAnswerUsed(String connector, long connect, String host, Duration age, int addresses) {}

    /**
     * A connect succeeded.
     *
     * @param connector name of the connector or pool
     * @param connect number of the connect
     * @param host host as the URL names it
     * @param address address and port of the winner; null where it is not ours to choose
     * @param elapsed from the call to the usable session
     * @param attempts all attempts in the order of their start, the winner among them
     */
    record ConnectSucceeded(
            String connector,
            long connect,
            String host,
            @Nullable String address,
            Duration elapsed,
            List<ConnectAttempt> attempts) {}

    /**
     * A connect failed.
     *
     * @param connector name of the connector or pool
     * @param connect number of the connect
     * @param failure what the caller gets: phases, attempts, elapsed time, deadline
     */
    record ConnectEnded(String connector, long connect, ConnectFailure failure) {}

    /**
     * The breaker has opened.
     *
     * @param connector name of the connector or pool
     * @param failure the connect failure that opened it; null if it was opened by hand
     * @param nextProbeIn until the first probe; null if it was opened by hand: there is none
     */
    record BreakerOpened(
            String connector,
            @Nullable ConnectFailure failure,
            @Nullable Duration nextProbeIn) {}

    /**
     * The breaker has closed.
     *
     * @param connector name of the connector or pool
     * @param outage how long it was open
     * @param failedProbes probes that failed meanwhile
     */
    record BreakerClosed(String connector, Duration outage, int failedProbes) {}

    /**
     * A pool's set-up expired.
     *
     * @param connector name of the connector or pool
     * @param address address and port of the session, null where it is not known
     * @param limit time that the set-up had
     */
    record SetupExpired(String connector, @Nullable String address, Duration limit) {}

    /**
     * A lease is suspect.
     *
     * @param connector name of the pool
     * @param report what is known of it
     */
    record LeaseSuspected(String connector, LeaseReport report) {}

    /**
     * A suspect came back.
     *
     * @param connector name of the pool
     * @param lease id of the lease within its pool
     * @param verdict what it had been suspected of; if that {@link LeaseVerdict#isLeak is a leak}, it was a false alarm
     * @param thread name of the borrower
     * @param held for how long it has been on loan
     * @param closed whether it was given back; false: it is on loan still, and no longer suspect
     */
    record LeaseCameBack(
            String connector, String lease, LeaseVerdict verdict, String thread, Duration held, boolean closed) {}

    /**
     * A connection was taken back.
     *
     * @param connector name of the pool
     * @param report what was known of the lease when that was decided
     * @param because the rule, as {@code leases.reclaim=dead-owner}
     */
    record LeaseReclaimed(String connector, LeaseReport report, String because) {
        /** What a log or a person gets. Many lines. */
        public String describe() {
            return ReportText.reclaimed(report, because);
        }
    }

    /**
     * A lease has ended, one of those whose stack had been captured.
     *
     * @param connector name of the pool
     * @param frames application frames of the borrow, the innermost first; never empty
     * @param held for how long it was on loan
     */
    record LeaseSampled(String connector, List<StackTraceElement> frames, Duration held) {
        /** Copies the frames. */
        public LeaseSampled {
            frames = List.copyOf(frames);
        }
    }

    /** How the client has enforced a limit. */
    enum Enforcement {
        /** The statement was cancelled: SQLState 57014, the connection goes on. */
        CANCELLED,
        /** The socket was closed: the connection is lost. */
        ABORTED
    }

    /**
     * The client has enforced a limit.
     *
     * @param connector name of the pool
     * @param limit which one
     * @param value of the limit
     * @param took how long it had lasted by then
     * @param by how
     * @param backendPid as the server told it at the start of the session; 0 if it did not
     * @param server address and port; null if it is not known
     * @param lease who had it on loan, and borrowed it where; null if nobody had, or leases are not watched
     * @param ofLease whether the limit was another for this lease ({@code withTimeouts}) than the pool's
     */
    record TimeoutEnforced(
            String connector,
            SessionLimit limit,
            Duration value,
            Duration took,
            Enforcement by,
            int backendPid,
            @Nullable String server,
            @Nullable OpenLease lease,
            boolean ofLease) {
        /** What a log or a person gets. */
        public String describe() {
            return ReportText.enforced(this);
        }
    }

    /**
     * A server does not have the limits that it was asked for.
     *
     * @param connector name of the connector or pool
     * @param server what was asked for and read back, and why they differ
     */
    record LimitsNotInForce(String connector, LimitsInForce server) {}

    /**
     * A pool was checked against its plan.
     *
     * @param connector name of the pool
     * @param report what came of it
     */
    record BudgetChecked(String connector, BudgetReport report) {}
}
