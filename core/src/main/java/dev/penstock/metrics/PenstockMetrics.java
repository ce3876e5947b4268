package dev.penstock.metrics;

import dev.penstock.PenstockControl;
import dev.penstock.PenstockListener;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of one pool, for any number of registries. All meters are called {@code penstock.*} and carry the tag
 * {@code pool}; docs/observing.md lists them with what to alert on.
 *
 * <pre>{@code
 * var metrics = new PenstockMetrics(dataSource.control());
 * metrics.bindTo(registry);
 * }</pre>
 *
 * <p>Events are counted from {@link #bindTo} on. {@link #close} it with the pool: the meters go, so that a pool of the
 * same name can follow. Two of these for one pool and one registry would count everything twice. Thread-safe.
 */
public final class PenstockMetrics implements MeterBinder, AutoCloseable {
    private static final int MOST_SITES = 1000;

    private final PenstockControl control;
    private final Tags tags;

    /** Guarded by this. */
    private final IdentityHashMap<MeterRegistry, Binding> bindings = new IdentityHashMap<>();

    private int holdTimeSites; // guarded by this; zero: none are measured

    private record Binding(
            EventMeters events, List<Meter> state, @Nullable HoldTimes holdTimes) {
        List<Meter> close() {
            List<Meter> all = new ArrayList<>(events.all());
            all.addAll(state);
            if (holdTimes != null) {
                all.addAll(holdTimes.close());
            }
            return all;
        }

        List<PenstockListener> listeners() {
            return holdTimes == null ? List.of(events) : List.of(events, holdTimes);
        }
    }

    /** With the tag {@code pool}, the name of the control. */
    public PenstockMetrics(PenstockControl control) {
        this(control, Tags.empty());
    }

    /** With these tags beside {@code pool}. */
    public PenstockMetrics(PenstockControl control, Iterable<Tag> tags) {
        this.control = Objects.requireNonNull(control, "control");
        this.tags = Tags.of(tags).and("pool", control.name());
    }

    /**
     * Measures too, in registries that are bound after this, for how long connections are held, by the class that
     * borrows them: {@code penstock.leases.hold}. Off by default. It is a sample: the leases whose stack was captured
     * ({@code leases.stacksPerSecond}), about a hundred per second at most.
     *
     * @param maxSites so many classes, the first that are seen, have a histogram of their own; all others share that of
     *     {@code site=other}; 1 to 1000
     * @return this
     * @throws IllegalArgumentException if it is not within that
     */
    public synchronized PenstockMetrics holdTimes(int maxSites) {
        if (maxSites < 1 || maxSites > MOST_SITES) {
            throw new IllegalArgumentException("maxSites must be 1 to " + MOST_SITES + ", but was " + maxSites);
        }
        holdTimeSites = maxSites;
        return this;
    }

    /** Adds the meters; a registry that has them already is left as it is. */
    @Override
    public synchronized void bindTo(MeterRegistry registry) {
        if (!bindings.containsKey(registry)) {
            Binding binding = new Binding(
                    new EventMeters(registry, tags),
                    StateMeters.register(control, registry, tags),
                    holdTimeSites == 0 ? null : new HoldTimes(registry, tags, holdTimeSites));
            bindings.put(registry, binding);
            binding.listeners().forEach(control::addListener);
        }
    }

    /** Takes the meters out of every registry and counts nothing any more. Idempotent; may be bound anew after it. */
    @Override
    public synchronized void close() {
        bindings.forEach((registry, binding) -> {
            binding.listeners().forEach(control::removeListener);
            binding.close().forEach(registry::remove);
        });
        bindings.clear();
    }
}
