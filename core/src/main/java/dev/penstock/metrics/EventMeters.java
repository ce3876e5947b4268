package dev.penstock.metrics;

import dev.penstock.ConnectAttempt;
import dev.penstock.ConnectOutcome;
import dev.penstock.ConnectPhase;
import dev.penstock.PenstockListener;
import dev.penstock.PhaseTime;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What is counted when it happens. Every meter is there from the beginning, so that a rate is zero before the first
 * event instead of missing, and an event costs no look-up in the registry. Thread-safe.
 */
final class EventMeters implements PenstockListener {
    /** An attempt begins when the credentials are there. */
    private static final EnumSet<ConnectPhase> UNTIMED = EnumSet.of(ConnectPhase.CREDENTIALS);

    private final List<Meter> all = new ArrayList<>();
    private final Map<ConnectOutcome, Counter> connects = new EnumMap<>(ConnectOutcome.class);
    private final Map<Family, Map<ConnectOutcome, Counter>> attempts = new EnumMap<>(Family.class);
    private final Map<ConnectPhase, Timer> phases = new EnumMap<>(ConnectPhase.class);
    private final Timer outages;

    EventMeters(MeterRegistry registry, Tags tags) {
        for (ConnectOutcome outcome : ConnectOutcome.values()) {
            connects.put(outcome, keep(connects(outcome, tags).register(registry)));
        }
        for (Family family : Family.values()) {
            Map<ConnectOutcome, Counter> ofFamily = new EnumMap<>(ConnectOutcome.class);
            for (ConnectOutcome outcome : ConnectOutcome.values()) {
                ofFamily.put(outcome, keep(attempts(family, outcome, tags).register(registry)));
            }
            attempts.put(family, ofFamily);
        }
        for (ConnectPhase phase : EnumSet.complementOf(UNTIMED)) {
            phases.put(phase, keep(time(phase, tags).register(registry)));
        }
        outages = keep(Timer.builder("penstock.breaker.outage")
                .description("outages that are over: how many, and how long")
                .tags(tags)
                .register(registry));
    }

    private static Counter.Builder connects(ConnectOutcome outcome, Tags tags) {
        return Counter.builder("penstock.connects")
                .description("physical connects, by how they ended")
                .tags(tags.and("outcome", label(outcome)));
    }

    private static Counter.Builder attempts(Family family, ConnectOutcome outcome, Tags tags) {
        return Counter.builder("penstock.connect.attempts")
                .description("tries of one address within a connect, by how they ended")
                .tags(tags.and("family", label(family), "outcome", label(outcome)));
    }

    private static Timer.Builder time(ConnectPhase phase, Tags tags) {
        return Timer.builder("penstock.connect.time")
                .description("what each phase took, in the attempts that became connections")
                .tags(tags.and("phase", label(phase)));
    }

    private <M extends Meter> M keep(M meter) {
        all.add(meter);
        return meter;
    }

    static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** All of them, for taking them away. */
    List<Meter> all() {
        return all;
    }

    @Override
    public void connectSucceeded(ConnectSucceeded event) {
        count(connects, ConnectOutcome.CONNECTED);
        for (ConnectAttempt attempt : event.attempts()) {
            if (attempt.outcome() == ConnectOutcome.CONNECTED) { // one: the name is looked up once for all of them
                attempt.phases().forEach(this::record);
            }
        }
    }

    private void record(PhaseTime time) {
        Timer timer = phases.get(time.phase());
        if (timer != null) {
            timer.record(time.took());
        }
    }

    @Override
    public void connectFailed(ConnectEnded event) {
        count(connects, event.failure().outcome());
    }

    @Override
    public void attemptEnded(AttemptEnded event) {
        Map<ConnectOutcome, Counter> ofFamily =
                attempts.get(Family.of(event.attempt().address()));
        if (ofFamily != null) {
            count(ofFamily, event.attempt().outcome());
        }
    }

    @Override
    public void breakerClosed(BreakerClosed event) {
        outages.record(event.outage());
    }

    private static void count(Map<ConnectOutcome, Counter> counters, ConnectOutcome outcome) {
        Counter counter = counters.get(outcome);
        if (counter != null) {
            counter.increment();
        }
    }
}
