package dev.penstock.spring.actuate;

import dev.penstock.internal.failure.Masking;
import dev.penstock.spring.PenstockPool;
import dev.penstock.spring.actuate.Condition.State;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/** The health of one pool, from what is known of it. */
final class PoolHealth implements HealthIndicator {
    static final Status DEGRADED = new Status("DEGRADED");

    private final PenstockPool pool;
    private final boolean ownStatus;

    /**
     * Of this pool.
     *
     * @param ownStatus whether a degraded pool is DEGRADED instead of UP
     */
    PoolHealth(PenstockPool pool, boolean ownStatus) {
        this.pool = pool;
        this.ownStatus = ownStatus;
    }

    @Override
    public Health health() {
        try {
            Signs signs = Signs.of(pool.control());
            return health(signs, Condition.of(signs));
        } catch (RuntimeException e) { // closed before its start, or its settings do not go together
            return Health.down()
                    .withDetail("reasons", List.of(Masking.mask(String.valueOf(e.getMessage()))))
                    .build();
        }
    }

    private Health health(Signs signs, Condition condition) {
        Health.Builder health = Health.status(status(condition.state()));
        if (!condition.reasons().isEmpty()) {
            boolean lends = condition.state() == State.DEGRADED;
            health.withDetail(lends ? "degraded" : "reasons", condition.reasons());
        }
        return health.withDetail("breaker", signs.breaker().name())
                .withDetail("connections", numbers(signs.connections()))
                .build();
    }

    private Status status(State state) {
        return switch (state) {
            case FINE -> Status.UP;
            case DEGRADED -> ownStatus ? DEGRADED : Status.UP;
            case SUSPENDED -> Status.OUT_OF_SERVICE;
            case DOWN -> Status.DOWN;
        };
    }

    private static Object numbers(Connections connections) {
        if (!connections.started()) {
            return "not started: the first borrow starts the pool";
        }
        Map<String, Integer> numbers = new LinkedHashMap<>();
        numbers.put("total", connections.total());
        numbers.put("active", connections.active());
        numbers.put("idle", connections.idle());
        numbers.put("max", connections.max());
        numbers.put("waiting", connections.waiting());
        return numbers;
    }
}
