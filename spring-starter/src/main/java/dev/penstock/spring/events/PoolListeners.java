package dev.penstock.spring.events;

import dev.penstock.PenstockControl;
import dev.penstock.PenstockListener;
import dev.penstock.internal.events.Guarded;
import dev.penstock.spring.PenstockPool;
import dev.penstock.spring.PenstockPools;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Has every pool tell the application's own listeners, and publish events if that is wanted. Only once every singleton
 * is there: a listener may use a DataSource itself. For the same reason listeners are made then, all of them and lazy
 * ones too, and not when the first pool comes: that one is in creation still. Whoever must not miss how a pool starts
 * adds his listener in a {@link dev.penstock.spring.PenstockConfigCustomizer}.
 */
final class PoolListeners implements SmartInitializingSingleton, PenstockPools.Watcher {
    private final PenstockPools pools;
    private final ObjectProvider<PenstockListener> listeners;
    private final ObjectProvider<EventPublisher> publisher;

    // before anybody is told of a pool, and never changed after that
    private List<PenstockListener> present = List.of();
    private @Nullable EventPublisher publishing;

    PoolListeners(
            PenstockPools pools, ObjectProvider<PenstockListener> listeners, ObjectProvider<EventPublisher> publisher) {
        this.pools = pools;
        this.listeners = listeners;
        this.publisher = publisher;
    }

    @Override
    public void afterSingletonsInstantiated() {
        Guarded.run(
                "all pools",
                "making of listeners",
                () -> present = listeners.orderedStream().toList());
        publishing = publisher.getIfAvailable();
        pools.watch(this);
    }

    @Override
    public void added(PenstockPool pool) {
        PenstockControl control = pool.control();
        present.stream()
                .filter(listener -> !control.config().listeners().contains(listener))
                .forEach(control::addListener);
        if (publishing != null) {
            publishing.listenTo(control);
        }
    }

    /** It has nothing to tell any more. */
    @Override
    public void removed(PenstockPool pool) {}
}
