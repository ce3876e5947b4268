package dev.penstock.spring;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The DataSources of a context that Penstock looks after, and those that it leaves alone. A bean; inject it to reach a
 * pool's {@link dev.penstock.PenstockControl}.
 *
 * <pre>{@code
 * @Bean
 * ApplicationRunner evictAtNight(PenstockPools pools) {
 *     return arguments -> pools.require("dataSource").control().evictAll();
 * }
 * }</pre>
 *
 * <p>A DataSource is there from its creation to its destruction. Thread-safe.
 */
public final class PenstockPools {
    private final Map<String, PenstockPool> pools = new TreeMap<>(); // guarded by this
    private final Map<String, String> leftAlone = new TreeMap<>(); // guarded by this
    private final List<Watcher> watchers = new ArrayList<>(); // guarded by this

    /** Told which pools come and go, one after the other, those that are there already included. Must be quick. */
    public interface Watcher {
        /** It is there. */
        void added(PenstockPool pool);

        /** It is about to be closed. */
        void removed(PenstockPool pool);
    }

    /** Those that are there now, by the names of their beans. */
    public synchronized Collection<PenstockPool> all() {
        return List.copyOf(pools.values());
    }

    /** The one of this bean. */
    public synchronized Optional<PenstockPool> find(String bean) {
        return Optional.ofNullable(pools.get(bean));
    }

    /**
     * The one of this bean.
     *
     * @throws IllegalArgumentException if there is none; it says which there are, or why this one was left alone
     */
    public synchronized PenstockPool require(String bean) {
        PenstockPool pool = pools.get(bean);
        if (pool == null) {
            String why = leftAlone.get(bean);
            throw new IllegalArgumentException("Penstock looks after no DataSource '" + bean + "'"
                    + (why == null ? ", only after " + pools.keySet() : ": " + why));
        }
        return pool;
    }

    /** DataSources that Penstock leaves alone, by the names of their beans, and why. */
    public synchronized Map<String, String> leftAlone() {
        return new TreeMap<>(leftAlone);
    }

    /** For whoever puts Penstock round DataSources. Of two for one bean the latest counts. */
    public synchronized void add(PenstockPool pool) {
        leftAlone.remove(pool.bean());
        PenstockPool before = pools.put(pool.bean(), pool);
        watchers.forEach(watcher -> {
            if (before != null) {
                watcher.removed(before);
            }
            watcher.added(pool);
        });
    }

    /** The opposite of {@link #add}. */
    public synchronized void remove(PenstockPool pool) {
        if (pools.remove(pool.bean(), pool)) {
            watchers.forEach(watcher -> watcher.removed(pool));
        }
    }

    /** For whoever looks at DataSources: this one is not for Penstock. */
    public synchronized void leaveAlone(String bean, String why) {
        leftAlone.put(bean, why);
    }

    /** Tells it which pools are there, and which come and go from now on. */
    public synchronized void watch(Watcher watcher) {
        watchers.add(watcher);
        pools.values().forEach(watcher::added);
    }
}
