package dev.penstock.spring.metrics;

import dev.penstock.internal.events.Guarded;
import dev.penstock.metrics.PenstockMetrics;
import dev.penstock.spring.PenstockPool;
import dev.penstock.spring.PenstockPools;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The meters of every pool, also of one that comes later; with the pool they go. Spring Boot calls {@link #bindTo} for
 * the registry that the application counts with, once every singleton is there: of several registries for the
 * composite alone, so that nothing is counted twice. Thread-safe.
 */
final class PoolMeters implements MeterBinder, PenstockPools.Watcher {
    private final PenstockPools pools;
    private final int holdTimeSites;

    private final Map<PenstockPool, PenstockMetrics> metrics = new HashMap<>(); // guarded by this
    private final Set<MeterRegistry> registries = Collections.newSetFromMap(new IdentityHashMap<>()); // guarded by this

    /** Nothing is asked of a pool before there is a registry. */
    PoolMeters(PenstockPools pools, int holdTimeSites) {
        this.pools = pools;
        this.holdTimeSites = holdTimeSites;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        if (isFirst(registry)) {
            pools.watch(this); // which tells of those that are there: not with the lock held
        }
    }

    private synchronized boolean isFirst(MeterRegistry registry) {
        boolean first = registries.isEmpty();
        registries.add(registry);
        metrics.forEach((pool, ofPool) -> bind(pool, ofPool, registry));
        return first;
    }

    /** What fails in one pool or registry leaves the others theirs. */
    private static void bind(PenstockPool pool, PenstockMetrics ofPool, MeterRegistry registry) {
        Guarded.run(pool.bean(), "binding of its meters", () -> ofPool.bindTo(registry));
    }

    @Override
    public synchronized void added(PenstockPool pool) {
        PenstockMetrics ofPool = new PenstockMetrics(pool.control());
        if (holdTimeSites > 0) {
            ofPool.holdTimes(holdTimeSites);
        }
        metrics.put(pool, ofPool);
        registries.forEach(registry -> bind(pool, ofPool, registry));
    }

    @Override
    public synchronized void removed(PenstockPool pool) {
        PenstockMetrics ofPool = metrics.remove(pool);
        if (ofPool != null) {
            ofPool.close();
        }
    }
}
