package dev.penstock.spring.actuate;

import dev.penstock.PenstockControl;
import dev.penstock.internal.failure.Masking;
import dev.penstock.spring.PenstockPool;
import dev.penstock.spring.PenstockPools;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * The actuator's endpoint {@code penstock}: what is known of the pools, and the switches. Nothing is changed unless
 * {@code management.endpoint.penstock.access} is {@code unrestricted}. Reads wait for nothing and start no pool; they
 * tell no password, no property of the driver and no SQL. Thread-safe.
 */
@Endpoint(id = "penstock", defaultAccess = Access.READ_ONLY)
public class PenstockEndpoint {
    private final PenstockPools pools;

    /** Of these pools. */
    public PenstockEndpoint(PenstockPools pools) {
        this.pools = pools;
    }

    /** Every pool in a few numbers, and which DataSources are left alone. */
    @ReadOperation
    public PoolsOverview pools() {
        List<PoolSummary> summaries = new ArrayList<>();
        Map<String, String> unusable = new TreeMap<>();
        for (PenstockPool pool : pools.all()) {
            try {
                summaries.add(PoolSummary.of(pool, pool.control()));
            } catch (RuntimeException e) { // closed before its start, or its settings do not go together
                unusable.put(pool.bean(), Masking.mask(String.valueOf(e.getMessage())));
            }
        }
        return new PoolsOverview(summaries, unusable, pools.leftAlone());
    }

    /**
     * All that is known of one pool.
     *
     * @param bean name of the DataSource's bean
     */
    @ReadOperation
    public PoolDetails pool(@Selector String bean) {
        PenstockPool pool = find(bean);
        return PoolDetails.of(pool, control(pool));
    }

    /**
     * Does something to one pool.
     *
     * @param bean name of the DataSource's bean
     * @param action connect-test, breaker-open, breaker-close, breaker-reset, evict, suspend, resume or resize
     * @param size for resize: the most connections that the pool may have from now on
     * @param limit for connect-test: for all of it, 5s if it is not given, at most 60s
     */
    @WriteOperation
    public Done operate(@Selector String bean, @Nullable String action, @Nullable String size, @Nullable String limit) {
        PenstockPool pool = find(bean);
        Request request = Request.of(action, size, limit);
        return new Operator(bean, control(pool)).execute(request);
    }

    private PenstockPool find(String bean) {
        try {
            return pools.require(bean);
        } catch (IllegalArgumentException e) {
            throw Refused.notFound(String.valueOf(e.getMessage()));
        }
    }

    private static PenstockControl control(PenstockPool pool) {
        try {
            return pool.control();
        } catch (RuntimeException e) {
            throw Refused.conflict(Masking.mask(String.valueOf(e.getMessage())));
        }
    }
}
