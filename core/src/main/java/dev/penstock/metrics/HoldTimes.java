package dev.penstock.metrics;

import dev.penstock.PenstockListener;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * For how long connections are held, by the class that borrows them: of the leases whose stack was captured. The first
 * so many classes have a timer each, all others share one. Thread-safe.
 */
final class HoldTimes implements PenstockListener {
    static final String OTHER = "other";

    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofMillis(10),
        Duration.ofMillis(100),
        Duration.ofSeconds(1),
        Duration.ofSeconds(10),
        Duration.ofMinutes(1),
        Duration.ofMinutes(10)
    };

    private final MeterRegistry registry;
    private final Tags tags;
    private final int maxSites;
    private final Timer other;

    /** Guarded by this. */
    private final Map<String, Timer> sites = new HashMap<>();

    private boolean closed; // guarded by this

    HoldTimes(MeterRegistry registry, Tags tags, int maxSites) {
        this.registry = registry;
        this.tags = tags;
        this.maxSites = maxSites;
        this.other = timer(OTHER);
    }

    private Timer timer(String site) {
        return Timer.builder("penstock.leases.hold")
                .description("for how long connections were held, of a sample of the borrows")
                .serviceLevelObjectives(BUCKETS)
                .tags(tags.and("site", site))
                .register(registry);
    }

    @Override
    public void leaseSampled(LeaseSampled event) {
        timerOf(site(event.frames().get(0))).record(event.held());
    }

    private synchronized Timer timerOf(String site) {
        Timer known = sites.get(site);
        if (known != null) {
            return known;
        }
        if (closed || site.equals(OTHER) || sites.size() >= maxSites) {
            return other;
        }
        Timer made = timer(site);
        sites.put(site, made);
        return made;
    }

    /** The class alone, without its package, and of a nested one or a generated one the class it belongs to. */
    static String site(StackTraceElement frame) {
        String type = frame.getClassName();
        if (type.startsWith("dev.penstock.internal.")) {
            return OTHER; // nothing of that stack is the application's
        }
        String simple = type.substring(type.lastIndexOf('.') + 1);
        int nested = simple.indexOf('$', 1);
        return nested < 0 ? simple : simple.substring(0, nested);
    }

    /** No timer comes after these. */
    synchronized List<Meter> close() {
        closed = true;
        List<Meter> all = new ArrayList<>(sites.values());
        all.add(other);
        return all;
    }
}
