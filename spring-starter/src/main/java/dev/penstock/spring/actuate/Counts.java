package dev.penstock.spring.actuate;

import dev.penstock.LeaseVerdict;
import dev.penstock.PenstockControl;
import dev.penstock.PenstockListener.Enforcement;
import dev.penstock.SessionLimit;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What has happened since the pool was made.
 *
 * @param refused callers refused at once, because an outage had lasted too long
 * @param timedOut callers whose limit was over before the gate
 * @param suspected suspicions of leases by verdict, each counted once
 * @param falseAlarms leases that were suspected of a leak and came back
 * @param reclaimed connections taken back from their borrowers
 * @param enforced limits of sessions that the client has enforced, by limit
 * @param sessionsNotInForce sessions whose server had not all the limits that are set
 */
public record Counts(
        long refused,
        long timedOut,
        Map<LeaseVerdict, Long> suspected,
        long falseAlarms,
        long reclaimed,
        Map<SessionLimit, Long> enforced,
        long sessionsNotInForce) {
    static Counts of(PenstockControl control) {
        Map<LeaseVerdict, Long> suspected = new LinkedHashMap<>();
        for (LeaseVerdict verdict : LeaseVerdict.values()) {
            suspected.put(verdict, control.suspectedLeases(verdict));
        }
        Map<SessionLimit, Long> enforced = new LinkedHashMap<>();
        for (SessionLimit limit : SessionLimit.values()) {
            enforced.put(limit, enforced(control, limit));
        }
        return new Counts(
                control.refused(),
                control.timedOut(),
                suspected,
                control.falseLeaseAlarms(),
                control.reclaimedLeases(),
                enforced,
                control.sessionsNotInForce());
    }

    private static long enforced(PenstockControl control, SessionLimit limit) {
        long times = 0;
        for (Enforcement by : Enforcement.values()) {
            times += control.enforcedTimeouts(limit, by);
        }
        return times;
    }
}
