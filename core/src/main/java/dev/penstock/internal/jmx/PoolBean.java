package dev.penstock.internal.jmx;

import dev.penstock.BreakerState;
import dev.penstock.BudgetExceededException;
import dev.penstock.BudgetReport;
import dev.penstock.CallSite;
import dev.penstock.EffectiveSetting;
import dev.penstock.InvalidSettingException;
import dev.penstock.KnownAddress;
import dev.penstock.LeaseVerdict;
import dev.penstock.LimitsInForce;
import dev.penstock.OpenLease;
import dev.penstock.OutageReport;
import dev.penstock.PenstockControl;
import dev.penstock.PenstockListener.Enforcement;
import dev.penstock.PenstockMXBean;
import dev.penstock.PoolControl;
import dev.penstock.SessionLimit;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** A control as JMX sees it: types that every client knows, and nothing changed without consent. Thread-safe. */
final class PoolBean implements PenstockMXBean {
    private static final int UNKNOWN = -1;

    /** Whoever may only look must not hold a thread of the JMX server for long. */
    private static final long LONGEST_TEST = Duration.ofMinutes(1).toMillis();

    private final Supplier<PenstockControl> control;

    PoolBean(Supplier<PenstockControl> control) {
        this.control = control;
    }

    private PenstockControl control() {
        return control.get();
    }

    @Override
    public String getName() {
        return control().name();
    }

    @Override
    public BreakerState getBreakerState() {
        return control().breakerState();
    }

    @Override
    public @Nullable String getOutageSince() {
        return ofOutage(outage -> outage.since().toString(), null);
    }

    @Override
    public long getOutageMillis() {
        return control()
                .outage()
                .map(OutageReport::lasted)
                .orElse(Duration.ZERO)
                .toMillis();
    }

    @Override
    public int getOutageFailedProbes() {
        return control().outage().map(OutageReport::failedProbes).orElse(0);
    }

    @Override
    public long getNextProbeMillis() {
        Duration next = ofOutage(OutageReport::nextProbeIn, null);
        return next == null ? UNKNOWN : next.toMillis();
    }

    @Override
    public @Nullable String getLastFailure() {
        return ofOutage(outage -> outage.lastFailure() instanceof Throwable last ? last.getMessage() : null, null);
    }

    private <T> @Nullable T ofOutage(Function<OutageReport, @Nullable T> question, @Nullable T otherwise) {
        OutageReport outage = control().outage().orElse(null);
        return outage == null ? otherwise : question.apply(outage);
    }

    @Override
    public int getTotalConnections() {
        return ofPool(PoolControl::total);
    }

    @Override
    public int getActiveConnections() {
        return ofPool(PoolControl::active);
    }

    @Override
    public int getIdleConnections() {
        return ofPool(PoolControl::idle);
    }

    @Override
    public int getMaximumPoolSize() {
        return ofPool(PoolControl::max);
    }

    @Override
    public int getWaitingInPool() {
        return ofPool(PoolControl::waiting);
    }

    private int ofPool(ToIntFunction<PoolControl> number) {
        PoolControl pool = control().pool().orElse(null);
        return pool == null ? UNKNOWN : number.applyAsInt(pool);
    }

    @Override
    public int getWaitingInGate() {
        return control().waiting();
    }

    @Override
    public long getGateRefused() {
        return control().refused();
    }

    @Override
    public long getGateTimedOut() {
        return control().timedOut();
    }

    @Override
    public int getOpenLeaseCount() {
        return control().openLeaseCount();
    }

    @Override
    public long getOldestLeaseMillis() {
        return control().oldestLease().toMillis();
    }

    @Override
    public Map<String, Long> getSuspectedLeases() {
        Map<String, Long> suspected = new LinkedHashMap<>();
        for (LeaseVerdict verdict : LeaseVerdict.values()) {
            suspected.put(verdict.name(), control().suspectedLeases(verdict));
        }
        return suspected;
    }

    @Override
    public Map<String, Long> getEnforcedTimeouts() {
        Map<String, Long> enforced = new LinkedHashMap<>();
        for (SessionLimit limit : SessionLimit.values()) {
            long times = 0;
            for (Enforcement by : Enforcement.values()) {
                times += control().enforcedTimeouts(limit, by);
            }
            enforced.put(limit.name(), times);
        }
        return enforced;
    }

    @Override
    public long getReclaimedLeases() {
        return control().reclaimedLeases();
    }

    @Override
    public long getFalseLeaseAlarms() {
        return control().falseLeaseAlarms();
    }

    @Override
    public String openLeases() {
        return ofLeases("no connection is on loan", PenstockControl::openLeases, OpenLease::describe);
    }

    @Override
    public String callSites() {
        return ofLeases("the stack of no borrow has been captured yet", PenstockControl::callSites, CallSite::describe);
    }

    @Override
    public long getSessionsNotInForce() {
        return control().sessionsNotInForce();
    }

    @Override
    public String limitsInForce() {
        return Listing.of(
                control().limitsInForce(),
                LimitsInForce::describe,
                "no limit of penstock.session is set, or no session has been opened yet");
    }

    private <T> String ofLeases(
            String ifNone, Function<PenstockControl, List<T>> question, Function<T, String> description) {
        PenstockControl present = control();
        return present.watchesLeases()
                ? Listing.of(question.apply(present), description, ifNone)
                : "leases are not watched: there is no pool above, or penstock.leases.detection is false";
    }

    @Override
    public boolean isSuspended() {
        return control().isSuspended();
    }

    @Override
    public boolean isWritesAllowed() {
        return control().config().jmx().writes();
    }

    @Override
    public Map<String, String> getSettings() {
        Map<String, String> settings = new LinkedHashMap<>();
        for (EffectiveSetting setting : control().config().settings()) {
            settings.put(setting.key(), setting.value());
        }
        return settings;
    }

    @Override
    public String testConnect(long limitMillis) throws SQLException {
        if (limitMillis < 1 || limitMillis > LONGEST_TEST) {
            throw new IllegalArgumentException(
                    "limitMillis must be between 1 and " + LONGEST_TEST + ", but was " + limitMillis);
        }
        return control().testConnect(Duration.ofMillis(limitMillis)).describe();
    }

    @Override
    public String addresses() {
        return Listing.of(control().addresses(), KnownAddress::describe, "no address has been tried yet");
    }

    @Override
    public void forceBreakerOpen() {
        write("forceBreakerOpen").forceBreakerOpen();
    }

    @Override
    public void forceBreakerClosed() {
        write("forceBreakerClosed").forceBreakerClosed();
    }

    @Override
    public void resetBreaker() {
        write("resetBreaker").resetBreaker();
    }

    @Override
    public void suspend() {
        write("suspend").suspend();
    }

    @Override
    public void resume() {
        write("resume").resume();
    }

    @Override
    public void resize(int max) {
        try {
            Optional<BudgetReport> unused = write("resize").resizeWithinBudget(max);
        } catch (InvalidSettingException e) { // as what a client without our classes can read
            throw new IllegalArgumentException(e.getMessage());
        } catch (BudgetExceededException e) {
            throw new IllegalStateException(e.getMessage());
        }
    }

    @Override
    public void evictAll() {
        write("evictAll").evictAll();
    }

    private PenstockControl write(String operation) {
        if (!isWritesAllowed()) {
            throw new UnsupportedOperationException(
                    "penstock.jmx.writes must be true for " + operation + ", but was false");
        }
        return control();
    }
}
