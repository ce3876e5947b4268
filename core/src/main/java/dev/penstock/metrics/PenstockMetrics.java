package dev.penstock.metrics;

import dev.penstock.PenstockControl;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;

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
    private final PenstockControl control;
    private final Tags tags;

    /** Guarded by this. */
    private final IdentityHashMap<MeterRegistry, Binding> bindings = new IdentityHashMap<>();

    private record Binding(EventMeters events, List<Meter> state) {
        List<Meter> all() {
            List<Meter> all = new ArrayList<>(events.all());
            all.addAll(state);
            return all;
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

    /** Adds the meters; a registry that has them already is left as it is. */
    @Override
    public synchronized void bindTo(MeterRegistry registry) {
        if (!bindings.containsKey(registry)) {
            EventMeters events = new EventMeters(registry, tags);
            bindings.put(registry, new Binding(events, StateMeters.register(control, registry, tags)));
            control.addListener(events);
        }
    }

    /** Takes the meters out of every registry and counts nothing any more. Idempotent; may be bound anew after it. */
    @Override
    public synchronized void close() {
        bindings.forEach((registry, binding) -> {
            control.removeListener(binding.events());
            binding.all().forEach(registry::remove);
        });
        bindings.clear();
    }
}
