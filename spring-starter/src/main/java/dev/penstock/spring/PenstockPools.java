package dev.penstock.spring;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The DataSources of a context that Penstock looks after, and those that it leaves alone. A bean; inject it to reach a
 * pool's {@link dev.penstock.PenstockControl}. It is there, and empty, while Penstock is switched off too.
 *
 * <pre>{@code
 * @Bean
 * ApplicationRunner evictAll(PenstockPools pools) {
 *     return arguments -> pools.all().forEach(pool -> pool.control().evictAll());
 * }
 * }</pre>
 *
 * <p>A DataSource is there from its creation to its destruction. Thread-safe; whoever reads waits for nothing.
 */
public final class PenstockPools {
    private final boolean off;
    private final Telling telling = new Telling(this::all);
    private volatile Known known = new Known(Collections.emptySortedMap(), Collections.emptySortedMap());

    /** By the names of beans; never changed. */
    private record Known(SortedMap<String, PenstockPool> pools, SortedMap<String, String> leftAlone) {
        Known with(PenstockPool pool) {
            SortedMap<String, PenstockPool> more = new TreeMap<>(pools);
            more.put(pool.bean(), pool);
            SortedMap<String, String> fewer = new TreeMap<>(leftAlone);
            fewer.remove(pool.bean());
            return new Known(more, fewer);
        }

        Known without(PenstockPool pool) {
            SortedMap<String, PenstockPool> fewer = new TreeMap<>(pools);
            fewer.remove(pool.bean(), pool);
            return new Known(fewer, leftAlone);
        }

        Known without(String bean, String why) {
            SortedMap<String, String> more = new TreeMap<>(leftAlone);
            more.put(bean, why);
            return new Known(pools, more);
        }
    }

    /** Told which pools come and go, one after the other, those that are there already included. */
    public interface Watcher {
        /** It is there. */
        void added(PenstockPool pool);

        /** It is gone, and about to be closed if it is not yet. */
        void removed(PenstockPool pool);
    }

    /** None so far. */
    public PenstockPools() {
        this(false);
    }

    private PenstockPools(boolean off) {
        this.off = off;
    }

    /** There will be none. */
    static PenstockPools switchedOff() {
        return new PenstockPools(true);
    }

    /** Readers take no lock, and nobody is told with it held. */
    private synchronized void change(UnaryOperator<Known> how) {
        known = how.apply(known);
    }

    /** Those that are there now, by the names of their beans. */
    public Collection<PenstockPool> all() {
        return List.copyOf(known.pools().values());
    }

    /** The one of this bean; empty if Penstock does not look after it, or is switched off. */
    public Optional<PenstockPool> find(String bean) {
        return Optional.ofNullable(known.pools().get(bean));
    }

    /**
     * The one of this bean.
     *
     * @throws IllegalArgumentException if there is none; it says which there are, or why this one was left alone
     */
    public PenstockPool require(String bean) {
        Known now = known;
        PenstockPool pool = now.pools().get(bean);
        if (pool == null) {
            throw new IllegalArgumentException("Penstock looks after no DataSource '" + bean + "'" + why(bean, now));
        }
        return pool;
    }

    private String why(String bean, Known now) {
        if (off) {
            return ": it is switched off (penstock.enabled=false)";
        }
        String why = now.leftAlone().get(bean);
        return why == null ? ", only after " + now.pools().keySet() : ": " + why;
    }

    /** DataSources that Penstock leaves alone, by the names of their beans, and why. */
    public Map<String, String> leftAlone() {
        return Collections.unmodifiableMap(known.leftAlone());
    }

    /** For whoever puts Penstock round DataSources. Of two for one bean the latest counts. */
    public void add(PenstockPool pool) {
        change(now -> now.with(pool));
        telling.changed();
    }

    /** The opposite of {@link #add}. */
    public void remove(PenstockPool pool) {
        change(now -> now.without(pool));
        telling.changed();
    }

    /** For whoever looks at DataSources: this one is not for Penstock. */
    public void leaveAlone(String bean, String why) {
        change(now -> now.without(bean, why));
    }

    /**
     * Tells it which pools are there, and which come and go from now on. On the thread that makes or closes a pool,
     * before that goes on, or if just then another thread is telling, on that one. What it throws is logged.
     */
    public void watch(Watcher watcher) {
        telling.watch(watcher);
    }
}
