package dev.penstock.spring.events;

import dev.penstock.PenstockControl;
import dev.penstock.PenstockListener;
import dev.penstock.internal.events.Guarded;
import dev.penstock.spring.PenstockPool;
import dev.penstock.spring.PenstockPools;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Has every pool tell the application's own listeners, and publish events if that is wanted. Only once every singleton
 * is there: a listener may use a DataSource itself. Whoever must not miss how a pool starts adds his listener in a
 * {@link dev.penstock.spring.PenstockConfigCustomizer}.
 */
final class PoolListeners implements SmartInitializingSingleton, PenstockPools.Watcher {
    private final PenstockPools pools;
    private final ObjectProvider<PenstockListener> listeners;
    private final ObjectProvider<EventPublisher> publisher;

    PoolListeners(
            PenstockPools pools, ObjectProvider<PenstockListener> listeners, ObjectProvider<EventPublisher> publisher) {
        this.pools = pools;
        this.listeners = listeners;
        this.publisher = publisher;
    }

    @Override
    public void afterSingletonsInstantiated() {
        pools.watch(this);
    }

    @Override
    public void added(PenstockPool pool) {
        Guarded.run(pool.bean(), "adding of listeners", () -> {
            PenstockControl control = pool.control();
            listeners
                    .orderedStream()
                    .filter(listener -> !control.config().listeners().contains(listener))
                    .forEach(control::addListener);
            publisher.ifAvailable(present -> present.listenTo(control));
        });
    }

    /** It has nothing to tell any more. */
    @Override
    public void removed(PenstockPool pool) {}
}
