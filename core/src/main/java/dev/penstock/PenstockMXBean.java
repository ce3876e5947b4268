package dev.penstock;

import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@link PenstockControl} by JMX: {@code dev.penstock:type=Pool,name=<name of the pool>}, the name quoted where JMX
 * demands it. Registered if {@code jmx.enabled} says so, from the start of the pool to its end. Tells no secrets:
 * failures are masked, and objects among the settings are named only.
 *
 * <p>Operations that change something throw {@link UnsupportedOperationException} unless {@code jmx.writes} is true,
 * and beside that what {@link PenstockControl} throws, an {@link InvalidSettingException} as IllegalArgumentException.
 */
public interface PenstockMXBean {
    /** Name of the connector or pool. */
    String getName();

    /** State of the breaker. */
    BreakerState getBreakerState();

    /** When the outage that lasts began, in UTC as in ISO-8601; null while there is none. */
    @Nullable String getOutageSince();

    /** How long it has lasted, in milliseconds; 0 while there is none. */
    long getOutageMillis();

    /** How many probes have failed in it. */
    int getOutageFailedProbes();

    /** Until its next probe, in milliseconds; -1 if none is due. */
    long getNextProbeMillis();

    /** Its latest failure, with one line per address; null while there is none. */
    @Nullable String getLastFailure();

    /** Connections of the pool; -1 if not known, and so for the other numbers of the pool. */
    int getTotalConnections();

    /** Connections on loan. */
    int getActiveConnections();

    /** Connections that could be lent now. */
    int getIdleConnections();

    /** The most connections that the pool may have. */
    int getMaximumPoolSize();

    /** Callers that wait inside the pool. */
    int getWaitingInPool();

    /** Callers that wait in the gate. */
    int getWaitingInGate();

    /** Callers that the gate has refused at once, since the start. */
    long getGateRefused();

    /** Callers whose own limit was over in the gate, since the start. */
    long getGateTimedOut();

    /**
     * Connections on loan, as far as leases are watched; 0 where they are not, and so for all that is said of leases.
     */
    int getOpenLeaseCount();

    /** Age of the oldest lease in milliseconds; 0 if there is none. */
    long getOldestLeaseMillis();

    /** Suspicions by verdict since the start, every verdict; one that lasts is counted once. */
    Map<String, Long> getSuspectedLeases();

    /** Connections taken back from their borrowers since the start. */
    long getReclaimedLeases();

    /** Leases that were suspected of a leak and came back, since the start. */
    long getFalseLeaseAlarms();

    /** Limits of sessions that the client has enforced since the start, by limit, every limit. */
    Map<String, Long> getEnforcedTimeouts();

    /** Sessions handed out since the start whose server had not all the limits that are set. */
    long getSessionsNotInForce();

    /** Whether the pool is suspended. */
    boolean isSuspended();

    /** Whether the operations may change anything: {@code jmx.writes}. */
    boolean isWritesAllowed();

    /** Every setting as it is in force, by its full key. */
    Map<String, String> getSettings();

    /**
     * {@link PenstockControl#testConnect} as text, one line for each address. Changes nothing, so it needs no {@code
     * jmx.writes}.
     *
     * @param limitMillis for the test as a whole, from 1 to 60000
     */
    String testConnect(long limitMillis) throws SQLException;

    /**
     * {@link PenstockControl#addresses} as text, one line for each, at most 32000 characters; what is left out is
     * counted. Changes nothing, so it needs no {@code jmx.writes}.
     */
    String addresses();

    /**
     * {@link PenstockControl#openLeases} as text, the oldest first, at most 32000 characters; what is left out is
     * counted. Changes nothing, so it needs no {@code jmx.writes}.
     */
    String openLeases();

    /**
     * {@link PenstockControl#callSites} as text, those first that hold connections for longest in all, at most 32000
     * characters; what is left out is counted. Changes nothing, so it needs no {@code jmx.writes}.
     */
    String callSites();

    /**
     * {@link PenstockControl#limitsInForce} as text, one line for each server, at most 32000 characters; what is left
     * out is counted. Changes nothing, so it needs no {@code jmx.writes}.
     */
    String limitsInForce();

    /** {@link PenstockControl#forceBreakerOpen}. */
    void forceBreakerOpen();

    /** {@link PenstockControl#forceBreakerClosed}. */
    void forceBreakerClosed();

    /** {@link PenstockControl#resetBreaker}. */
    void resetBreaker();

    /** {@link PenstockControl#suspend}. */
    void suspend();

    /** {@link PenstockControl#resume}. */
    void resume();

    /** {@link PenstockControl#resizeWithinBudget}; a size that has no room is an IllegalStateException. */
    void resize(int max);

    /** {@link PenstockControl#evictAll}. */
    void evictAll();
}
