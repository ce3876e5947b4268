package dev.penstock.internal.wiring;

import dev.penstock.PenstockConfig;
import dev.penstock.PoolControl;
import dev.penstock.SessionSettings;
import dev.penstock.internal.breaker.BreakerRoute;
import dev.penstock.internal.connect.Workers;
import dev.penstock.internal.events.Listeners;
import dev.penstock.internal.events.Notices;
import dev.penstock.internal.gate.Gate;
import dev.penstock.internal.lease.BlockingPids;
import dev.penstock.internal.lease.LeaseDesk;
import dev.penstock.internal.lease.LockDiagnosis;
import dev.penstock.internal.lease.Surroundings;
import dev.penstock.internal.session.Drivers;
import dev.penstock.internal.session.Sessions;
import dev.penstock.internal.time.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * What stands above one pool.
 *
 * @param gate which callers pass; always open while there is no breaker
 * @param leases of what the pool lends; null if nobody watches them: {@code leases.detection} is off and no limit is
 *     set
 * @param forget has the breaker tell the gate nothing more, and the connector know nothing of the leases
 */
public record AbovePool(Gate gate, @Nullable LeaseDesk leases, Runnable forget) {
    /** Above this pool, over those parts of the connector that it draws from. */
    public static AbovePool of(PoolControl pool, Blueprint plan, Parts parts, Orders orders) {
        Gate gate = gate(pool, plan, parts);
        Runnable untell = parts.way().tell(gate);
        LeaseDesk leases = plan.config().enabled() && plan.isWatched() ? desk(pool, plan, parts, orders) : null;
        return new AbovePool(gate, leases, () -> {
            untell.run();
            parts.desks().remove(leases);
        });
    }

    /**
     * Above a pool that makes its connections without a connector. Nothing is seen of their sockets: leases are suspect
     * by age alone, and nobody holds sessions to limits. The gate is open until somebody suspends the pool.
     */
    public static AbovePool alone(
            String name, PoolControl pool, PenstockConfig config, Listeners listeners, Ticker ticker) {
        Gate gate = new Gate(name, pool, () -> null, null, () -> {}, ticker);
        boolean watched = config.enabled() && config.leases().detection();
        return new AbovePool(gate, watched ? deskAlone(name, pool, config, listeners, ticker) : null, () -> {});
    }

    private static LeaseDesk deskAlone(
            String name, PoolControl pool, PenstockConfig config, Listeners listeners, Ticker ticker) {
        SessionSettings noLimits = PenstockConfig.defaults().session();
        Surroundings surroundings = new Surroundings(pool, listeners, Workers::run, noLimits, null, null);
        return new LeaseDesk(name, config.leases(), Sessions.ofStrangers(), surroundings, ticker);
    }

    private static Gate gate(PoolControl pool, Blueprint plan, Parts parts) {
        BreakerRoute guarded = parts.way().guarded();
        return guarded == null
                ? new Gate(plan.name(), pool, () -> null, null, () -> {}, parts.ticker())
                : new Gate(
                        plan.name(),
                        pool,
                        guarded.breaker()::outage,
                        plan.config().gate().failFastAfter(),
                        guarded::ask,
                        parts.ticker());
    }

    private static LeaseDesk desk(PoolControl pool, Blueprint plan, Parts parts, Orders orders) {
        sayWhatIsNotSeen(plan);
        PenstockConfig config = plan.config();
        LockDiagnosis locks = config.leases().lockDiagnosis()
                ? new BlockingPids(() -> parts.way().route().connect(orders.pastThePool()))
                : null;
        Surroundings surroundings = new Surroundings(
                pool,
                parts.listeners(),
                Workers::run,
                config.session(),
                plan.target().forReplication() ? null : parts.watchdog(),
                locks);
        LeaseDesk desk = new LeaseDesk(plan.name(), config.leases(), parts.sessions(), surroundings, parts.ticker());
        parts.desks().add(desk);
        return desk;
    }

    private static void sayWhatIsNotSeen(Blueprint plan) {
        if (plan.target().ownSocketFactory()) {
            Notices.foreignSockets(plan.name());
        } else if (!Drivers.tellTransactionState()) {
            Notices.oldDriver(plan.name());
        }
    }
}
