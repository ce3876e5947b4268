package dev.penstock.spring;

import dev.penstock.internal.events.Guarded;
import dev.penstock.spring.PenstockPools.Watcher;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Tells watchers which pools come and go. A watcher is somebody else's code: it may make beans, which takes locks of
 * Spring's, or hang. So nothing is locked while it is told, and nobody waits for his turn to tell: whoever finds
 * another thread at it leaves a note, and that thread looks again.
 *
 * <p>What is told is the difference between what there is and what the watcher has been told. Hence each watcher is
 * told of a pool once that it is there, and after that once that it is gone, by one thread at a time; of the pool that
 * another replaces before that other; not at all of one that came and went while it was busy. Thread-safe.
 */
final class Telling {
    private final Supplier<Collection<PenstockPool>> pools;
    private final List<Told> watchers = new CopyOnWriteArrayList<>();

    /** Changes since somebody began to tell; 0 while nobody does. */
    private final AtomicInteger changes = new AtomicInteger();

    /**
     * Nobody watches.
     *
     * @param pools those that are there; must not block
     */
    Telling(Supplier<Collection<PenstockPool>> pools) {
        this.pools = pools;
    }

    void watch(Watcher watcher) {
        watchers.add(new Told(watcher));
        changed();
    }

    /** After each change. All have been told of it on return, unless another thread is telling. */
    void changed() {
        if (changes.getAndIncrement() > 0) {
            return;
        }
        int seen;
        do {
            seen = changes.get(); // before looking: a change after that is looked at again
            watchers.forEach(told -> told.catchUp(pools.get()));
        } while (!changes.compareAndSet(seen, 0));
    }

    /** A watcher, and what it knows: touched by the one thread that tells. */
    private static final class Told {
        private final Watcher watcher;
        private final Set<PenstockPool> pools = Collections.newSetFromMap(new IdentityHashMap<>());

        Told(Watcher watcher) {
            this.watcher = watcher;
        }

        void catchUp(Collection<PenstockPool> now) {
            for (PenstockPool pool : List.copyOf(pools)) {
                if (!now.contains(pool)) {
                    pools.remove(pool);
                    Guarded.run(pool.bean(), "telling that it is gone", () -> watcher.removed(pool));
                }
            }
            for (PenstockPool pool : now) {
                if (pools.add(pool)) {
                    Guarded.run(pool.bean(), "telling that it is there", () -> watcher.added(pool));
                }
            }
        }
    }
}
