package dev.penstock.internal.events;

import dev.penstock.PenstockListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log. A failed connect is no line of its own above DEBUG: the caller gets the report as an
 * exception and decides. What nobody else would hear of (stale DNS, an expired set-up) is a WARN.
 */
public final class LogListener implements PenstockListener {
    private static final Logger LOG = LoggerFactory.getLogger("dev.penstock.connect");

    @Override
    public void attemptEnded(AttemptEnded event) {
        LOG.trace("penstock '{}' connect {}: {}", event.connector(), event.connect(), event.attempt());
    }

    @Override
    public void sessionSilent(SessionSilent event) {
        LOG.debug(
                "penstock '{}' connect {}: {} at {} accepted and has been silent for {} ms; the next address gets its"
                        + " chance",
                event.connector(),
                event.connect(),
                event.host(),
                event.address(),
                event.silentFor().toMillis());
    }

    @Override
    public void staleAnswerUsed(StaleAnswerUsed event) {
        LOG.warn(
                "penstock '{}': no answer for the name {}; using the last good one, {} s old, {} addresses"
                        + " (connect.dnsPatience, connect.dnsMaxStale)",
                event.connector(),
                event.host(),
                event.age().toSeconds(),
                event.addresses());
    }

    @Override
    public void connectSucceeded(ConnectSucceeded event) {
        LOG.debug(
                "penstock '{}' connect {}: {} at {} in {} ms, {} attempts",
                event.connector(),
                event.connect(),
                event.host(),
                event.address(),
                event.elapsed().toMillis(),
                event.attempts().size());
    }

    @Override
    public void connectFailed(ConnectEnded event) {
        LOG.debug(
                "connect {} failed: {}",
                event.connect(),
                event.failure() instanceof Exception e ? e.getMessage() : event.failure());
    }

    @Override
    public void breakerOpened(BreakerOpened event) {
        if (event.nextProbeIn() == null) {
            LOG.warn(
                    "penstock '{}': breaker opened by hand, no connection is made until it is reset",
                    event.connector());
            return;
        }
        LOG.warn(
                "penstock '{}': breaker open, connections are not made but for probes, the first in {} ms: {}",
                event.connector(),
                event.nextProbeIn().toMillis(),
                event.failure() instanceof Exception e ? e.getMessage() : event.failure());
    }

    @Override
    public void breakerClosed(BreakerClosed event) {
        LOG.info(
                "penstock '{}': breaker closed after {} ms, {} probes failed",
                event.connector(),
                event.outage().toMillis(),
                event.failedProbes());
    }

    @Override
    public void setupExpired(SetupExpired event) {
        LOG.warn(
                "penstock '{}': the pool's set-up of a new connection to {} did not finish within {} ms; closed it"
                        + " (connectionInitSql, validation or isolation level hang: is the server dribbling?)",
                event.connector(),
                event.address(),
                event.limit().toMillis());
    }

    @Override
    public void leaseSuspected(LeaseSuspected event) {
        LOG.warn("{}", event.report().describe());
    }

    @Override
    public void leaseCameBack(LeaseCameBack event) {
        LOG.info(
                "penstock '{}': connection {} of thread '{}' {} after {} ms on loan, it had been reported as {}{}",
                event.connector(),
                event.lease(),
                event.thread(),
                event.closed() ? "came back" : "is no longer suspect",
                event.held().toMillis(),
                event.verdict(),
                event.verdict().isLeak() ? ": a false alarm" : "");
    }

    @Override
    public void leaseReclaimed(LeaseReclaimed event) {
        LOG.warn("{}", event.describe());
    }

    @Override
    public void timeoutEnforced(TimeoutEnforced event) {
        LOG.warn("{}", event.describe());
    }

    @Override
    public void limitsNotInForce(LimitsNotInForce event) {
        LOG.warn(
                "penstock '{}': limits of sessions are not in force on {}: {}",
                event.connector(),
                event.server().server(),
                event.server().reason());
    }

    @Override
    public void budgetChecked(BudgetChecked event) {
        if (event.report().isFine()) {
            LOG.info("penstock '{}': {}", event.connector(), event.report().headline());
        } else {
            LOG.warn("penstock '{}': {}", event.connector(), event.report().describe());
        }
    }
}
