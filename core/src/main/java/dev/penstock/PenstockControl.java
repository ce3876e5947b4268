package dev.penstock;

import dev.penstock.budget.Verdict;
import dev.penstock.internal.breaker.BreakerSwitch;
import dev.penstock.internal.events.Listeners;
import dev.penstock.internal.gate.Gate;
import dev.penstock.internal.lease.LeaseDesk;
import dev.penstock.internal.server.FirstLine;
import dev.penstock.internal.time.Ticker;
import dev.penstock.internal.watchdog.Watchdog;
import dev.penstock.internal.wiring.AbovePool;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The handle of one connector, and of the pool above it if there is one, at run time: what state it is in, and the
 * switches. From {@link PenstockConnector#control}, {@link PenstockDataSource#control} or {@code
 * PenstockHikariDataSource.control()}; by JMX the same is a {@link PenstockMXBean}.
 *
 * <p>Everything that changes something is logged at INFO. What is switched by hand stays so until it is switched back
 * or the JVM ends; settings are not changed by it. Thread-safe; nothing but {@link #testConnect} blocks.
 */
public final class PenstockControl {
    private final String name;
    private final PenstockConfig config;
    private final ByHand byHand;
    private final BreakerSwitch breaker;
    private final Listeners listeners;
    private final Ticker ticker;
    private final Trial trial;
    private final Lines lines;
    private final @Nullable PoolControl pool;
    private final @Nullable Gate gate;
    private final @Nullable LeaseDesk leases;
    private final Budget budget;

    /** Tries every address. */
    @FunctionalInterface
    interface Trial {
        ConnectTest run(Duration limit) throws SQLException;

        default List<KnownAddress> addresses() {
            return List.of();
        }
    }

    /** What the plan comes to. */
    @FunctionalInterface
    interface Budget {
        @Nullable BudgetReport latest();

        /** With a pool of that size; null: there is nothing to check. */
        default @Nullable BudgetReport withPoolOf(int size) {
            return null;
        }
    }

    /**
     * The two lines of defence that hold the limits of sessions.
     *
     * @param first the server's
     * @param second the client's; null while Penstock is off
     */
    record Lines(FirstLine first, @Nullable Watchdog second) {
        static final Lines NONE = new Lines(FirstLine.OFF, null);
    }

    PenstockControl(
            String name,
            PenstockConfig config,
            BreakerSwitch breaker,
            Listeners listeners,
            Ticker ticker,
            Trial trial,
            Lines lines,
            @Nullable PoolControl pool,
            @Nullable AbovePool above,
            Budget budget) {
        this.name = name;
        this.config = config;
        this.byHand = new ByHand(name, config);
        this.breaker = breaker;
        this.listeners = listeners;
        this.ticker = ticker;
        this.trial = trial;
        this.lines = lines;
        this.pool = pool;
        this.gate = above == null ? null : above.gate();
        this.leases = above == null ? null : above.leases();
        this.budget = budget;
    }

    /**
     * Of a pool for which Penstock is switched off: it tells the pool's numbers and switches nothing. For whoever
     * integrates a pool.
     *
     * @param config as it is in force, with {@code enabled} false
     */
    public static PenstockControl ofPlainPool(String name, PenstockConfig config, PoolControl pool) {
        Trial none = limit -> {
            throw new SQLFeatureNotSupportedException(
                    "penstock '" + name + "' is off (penstock.enabled=false): there is no connect test", "0A000");
        };
        return new PenstockControl(
                name,
                config,
                BreakerSwitch.NONE,
                new Listeners(List.of()),
                Ticker.system(),
                none,
                Lines.NONE,
                pool,
                null,
                () -> null);
    }

    /** Of a pool that makes its connections without a connector. */
    static PenstockControl ofPoolAlone(
            String name, PenstockConfig config, Listeners listeners, PoolControl pool, AbovePool above) {
        Trial none = limit -> {
            throw new SQLFeatureNotSupportedException(
                    "pool '" + name + "' makes its connections without Penstock: there is no connect test", "0A000");
        };
        return new PenstockControl(
                name,
                config,
                BreakerSwitch.NONE,
                listeners,
                Ticker.system(),
                none,
                Lines.NONE,
                pool,
                above,
                () -> null);
    }

    /** Name of the connector or pool, as in events and log lines. */
    public String name() {
        return name;
    }

    /** The configuration in force. */
    public PenstockConfig config() {
        return config;
    }

    // ---- breaker --------------------------------------------------------------------------------

    /** State of the breaker on the creation of connections; in mode observe the state that it would be in. */
    public BreakerState breakerState() {
        return breaker.state();
    }

    /** The outage that lasts, also one that mode observe only watches; empty while there is none. */
    public Optional<OutageReport> outage() {
        return Optional.ofNullable(breaker.knownOutage()).map(outage -> outage.report(ticker.nanos()));
    }

    /**
     * Opens the breaker until {@link #resetBreaker}: no connection is made and nothing is probed; the connections
     * that are there are lent as before. For a database that must be left alone, for example.
     *
     * @throws IllegalStateException if {@code breaker.mode} is not {@code on}, or Penstock is off
     */
    public void forceBreakerOpen() {
        byHand.forcesTheBreaker();
        byHand.log("breaker opened");
        breaker.forceOpen();
    }

    /**
     * Closes the breaker until {@link #resetBreaker}: whoever wants a connection tries to make one, whatever fails.
     *
     * @throws IllegalStateException if {@code breaker.mode} is not {@code on}, or Penstock is off
     */
    public void forceBreakerClosed() {
        byHand.forcesTheBreaker();
        byHand.log("breaker closed until it is reset");
        breaker.forceClosed();
    }

    /**
     * Closes the breaker and leaves it to itself again; what it has counted is forgotten. Does nothing where there
     * is none.
     */
    public void resetBreaker() {
        byHand.log("breaker reset");
        breaker.reset();
    }

    /**
     * Tries every address by itself, past breaker and pool, as {@link PenstockConnector#test(Duration)} does; with the
     * credentials of the latest connect, which a pool may have been given at run time.
     *
     * @param limit for the test as a whole, more than zero, at most one day; this call takes no longer
     * @throws IllegalArgumentException if the limit is not within that
     * @throws SQLException SQLState 0A000 while Penstock is off, 08003 if the connector is closed
     */
    public ConnectTest testConnect(Duration limit) throws SQLException {
        return trial.run(limit);
    }

    /**
     * What is known of the addresses of the URL's hosts, each host's in the order in which they would be tried now;
     * nothing is looked up or tried. Empty before the first connect, while Penstock is off, and where addresses are not
     * ours to choose (SOCKS proxy, a user's socket factory).
     */
    public List<KnownAddress> addresses() {
        return trial.addresses();
    }

    // ---- pool -----------------------------------------------------------------------------------

    /** The pool's own numbers; empty where no pool is known. */
    public Optional<PoolControl> pool() {
        return Optional.ofNullable(pool);
    }

    /** Callers that wait in the gate; a snapshot. Those that wait inside the pool are not among them. */
    public int waiting() {
        return gate == null ? 0 : gate.waiting();
    }

    /** Callers refused at once so far, because an outage had lasted longer than {@code gate.failFastAfter}. */
    public long refused() {
        return gate == null ? 0 : gate.refused();
    }

    /** Callers whose own limit was over while they waited in the gate, so far. The pool does not count these. */
    public long timedOut() {
        return gate == null ? 0 : gate.timedOut();
    }

    /** Whether the pool is suspended by {@link #suspend}. */
    public boolean isSuspended() {
        return gate != null && gate.isSuspended();
    }

    /**
     * Nobody is lent a connection from now on: callers wait in the gate, each within its own limit. Connections on loan
     * stay with their borrowers. HikariCP's {@code allowPoolSuspension} is not needed.
     *
     * @throws UnsupportedOperationException if there is no gate: this handle is that of a connector alone
     * @throws IllegalStateException if Penstock is off
     */
    public void suspend() {
        Gate present = gate();
        byHand.log("suspended");
        present.suspend();
    }

    /** Undoes {@link #suspend}, and throws what that throws. */
    public void resume() {
        Gate present = gate();
        byHand.log("resumed");
        present.resume();
    }

    private Gate gate() {
        if (gate == null) {
            byHand.needsPenstock("to suspend the pool");
            throw new UnsupportedOperationException("'" + name + "' has no gate to suspend: take the control of"
                    + " PenstockDataSource or PenstockHikariDataSource");
        }
        return gate;
    }

    /**
     * Lets the pool have so many connections from now on; those that are there are not closed for it.
     *
     * @throws InvalidSettingException if the pool cannot be of that size
     * @throws UnsupportedOperationException if no pool is known, or it cannot be resized
     * @throws IllegalStateException if the pool has not started
     */
    public void resize(int max) {
        poolOrThrow().resize(max);
        byHand.log("resized to " + max);
    }

    /**
     * As {@link #resize}, unless the pool is to grow and the plan has no room for it ({@code budget.plan}): the plan with
     * a pool of that size must not need more connections than there are, by the server's limits as the latest check
     * has read them, else by those that were declared. Nobody is asked. Where the service has several pools per replica
     * it is the plan as it was declared, see {@link BudgetReport#unplanned}. By JMX it is always this one.
     *
     * @return what the plan comes to with a pool of that size; empty if nothing was checked: there is no plan, or
     *     {@code budget.check} is off
     * @throws BudgetExceededException if there is no room; nothing was changed then
     */
    public Optional<BudgetReport> resizeWithinBudget(int max) {
        int before = poolOrThrow().max();
        BudgetReport report = max < 1 ? null : budget.withPoolOf(max);
        if (report != null && max > before && report.sum().verdict() == Verdict.OVER) {
            throw BudgetExceededException.ofResize(name, before, max, report);
        }
        resize(max);
        return Optional.ofNullable(report);
    }

    /**
     * Has the idle connections closed, and those on loan when they come back.
     *
     * @throws UnsupportedOperationException if no pool is known, or it cannot do that
     */
    public void evictAll() {
        poolOrThrow().evictAll();
        byHand.log("all connections evicted");
    }

    private PoolControl poolOrThrow() {
        return pool().orElseThrow(() -> new UnsupportedOperationException(
                "no pool is known above '" + name + "': take the control of the pool's DataSource"));
    }

    // ---- leases ---------------------------------------------------------------------------------

    /**
     * Whether leases are watched: a pool is known, Penstock on, and {@code leases.detection} true. Also if a limit of
     * {@code penstock.session.*} is set; without detection what is on loan is known then, and nobody suspect.
     */
    public boolean watchesLeases() {
        return leases != null;
    }

    /** What is on loan now, the oldest first; empty where leases are not watched. */
    public List<OpenLease> openLeases() {
        return leases == null ? List.of() : leases.onLoan().list();
    }

    /** Number of connections on loan; zero where leases are not watched. */
    public int openLeaseCount() {
        return leases == null ? 0 : leases.onLoan().numbers().open();
    }

    /** Age of the oldest lease; zero if there is none. */
    public Duration oldestLease() {
        return leases == null
                ? Duration.ZERO
                : Duration.ofNanos(leases.onLoan().numbers().oldestNanos());
    }

    /**
     * The places that borrow, as far as their stacks were captured, those first that hold connections for longest in
     * all; empty where leases are not watched.
     */
    public List<CallSite> callSites() {
        return leases == null ? List.of() : leases.callSites();
    }

    /** Suspicions of this kind so far; one that lasts is counted once. */
    public long suspectedLeases(LeaseVerdict verdict) {
        return leases == null ? 0 : leases.suspected(verdict);
    }

    /** Leases so far that were suspected of a leak, and came back. */
    public long falseLeaseAlarms() {
        return leases == null ? 0 : leases.falseAlarms();
    }

    /** Connections taken back from their borrowers so far. */
    public long reclaimedLeases() {
        return leases == null ? 0 : leases.reclaimed();
    }

    /**
     * Whether every borrow has its stack captured from now on, whatever that costs; false: the settings count again.
     * For tests of applications. Does nothing where leases are not watched.
     */
    public void captureAllStacks(boolean on) {
        if (leases != null) {
            leases.captureAllStacks(on);
        }
    }

    // ---- limits of sessions ----------------------------------------------------------------------

    /**
     * What is known of the limits at each server that sessions were opened on; empty while none of {@code
     * penstock.session.*} limits is set, or no session has been opened.
     */
    public List<LimitsInForce> limitsInForce() {
        return lines.first().inForce();
    }

    /**
     * Sessions handed out so far whose server had not all the limits that are set, as far as it was known then: {@link
     * #limitsInForce} says why. What transactions begin with ({@code session.setLocal}) is not missing.
     */
    public long sessionsNotInForce() {
        return lines.first().notInForce();
    }

    /** How often the client has enforced that limit in that way so far. */
    public long enforcedTimeouts(SessionLimit limit, PenstockListener.Enforcement by) {
        return lines.second() == null ? 0 : lines.second().enforced(by, limit);
    }

    /** Cancel requests of Penstock's own so far that have reached their server. */
    public long cancelsDelivered() {
        return lines.second() == null ? 0 : lines.second().cancelsDelivered();
    }

    /** Those that have not, or of which it is not known: the server is gone, or does not answer. */
    public long cancelsFailed() {
        return lines.second() == null ? 0 : lines.second().cancelsFailed();
    }

    // ---- budget ---------------------------------------------------------------------------------

    /**
     * What the latest check against the declared plan has come to; empty without a plan, with {@code budget.check=off},
     * and until it is over.
     */
    public Optional<BudgetReport> budget() {
        return Optional.ofNullable(budget.latest());
    }

    // ---- listeners ------------------------------------------------------------------------------

    /** One more listener, told after those that are there. While Penstock is off it is told nothing. */
    public void addListener(PenstockListener listener) {
        listeners.add(Objects.requireNonNull(listener, "listener"));
    }

    /**
     * One less, also of those that the configuration brought. An event that is being told may still reach it.
     *
     * @return whether it was there
     */
    public boolean removeListener(PenstockListener listener) {
        return listeners.remove(Objects.requireNonNull(listener, "listener"));
    }

    @Override
    public String toString() {
        return "control of '" + name + "', breaker " + breakerState();
    }
}
