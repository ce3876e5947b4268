package dev.penstock.internal.wiring;

import dev.penstock.BreakerMode;
import dev.penstock.internal.breaker.BreakerRoute;
import dev.penstock.internal.breaker.BreakerSwitch;
import dev.penstock.internal.breaker.Clockwork;
import dev.penstock.internal.breaker.CreationBreaker;
import dev.penstock.internal.connect.ConnectRoute;
import dev.penstock.internal.connect.DeadlineRoute;
import dev.penstock.internal.connect.PlainRoute;
import dev.penstock.internal.connect.Route;
import dev.penstock.internal.events.Listeners;
import dev.penstock.internal.gate.Gate;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The way down from a connector to a physical connection. There are three:
 *
 * <ul>
 *   <li>breaker, then connect: the usual one
 *   <li>connect alone: {@code breaker.mode=off}
 *   <li>the plain driver: {@code penstock.enabled=false}
 * </ul>
 *
 * @param route where it begins
 * @param connects the stage that connects; null where the plain driver does
 * @param guarded the breaker's stage; null where there is none
 */
public record Way(
        Route route,
        @Nullable ConnectRoute connects,
        @Nullable BreakerRoute guarded) {
    static Way plain(Blueprint plan) {
        return new Way(new PlainRoute(plan.url(), plan.properties()), null, null);
    }

    /** Over the stage that connects: with the breaker before it, unless that is off. */
    static Way over(ConnectRoute connects, Blueprint plan, Listeners listeners) {
        Duration deadline = plan.config().connect().deadline();
        if (plan.config().breaker().mode() == BreakerMode.OFF) {
            return new Way(new DeadlineRoute(connects, deadline), connects, null);
        }
        Clockwork clockwork = Clockwork.system();
        CreationBreaker breaker = new CreationBreaker(
                plan.name(),
                plan.config().breaker(),
                deadline,
                clockwork,
                listeners,
                plan::isPoolEmpty,
                () -> ThreadLocalRandom.current().nextDouble());
        BreakerRoute guarded = new BreakerRoute(plan.name(), breaker, connects, deadline, clockwork);
        return new Way(guarded, connects, guarded);
    }

    /** The breaker as people see it. */
    public BreakerSwitch breaker() {
        return guarded == null ? BreakerSwitch.NONE : guarded.breaker();
    }

    /**
     * Tells the gate when things have changed.
     *
     * @return stops that
     */
    Runnable tell(Gate gate) {
        return guarded == null ? () -> {} : guarded.breaker().onChange(gate::breakerChanged);
    }
}
