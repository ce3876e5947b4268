package dev.penstock.metrics;

import dev.penstock.BreakerState;
import dev.penstock.LeaseVerdict;
import dev.penstock.OutageReport;
import dev.penstock.PenstockControl;
import dev.penstock.PenstockListener.Enforcement;
import dev.penstock.SessionLimit;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** What is read when somebody looks. They hold the control weakly: a pool that nobody holds tells nothing. */
final class StateMeters {
    private final List<Meter> all = new ArrayList<>();
    private final PenstockControl control;
    private final MeterRegistry registry;
    private final Tags tags;

    private StateMeters(PenstockControl control, MeterRegistry registry, Tags tags) {
        this.control = control;
        this.registry = registry;
        this.tags = tags;
    }

    static List<Meter> register(PenstockControl control, MeterRegistry registry, Tags tags) {
        StateMeters meters = new StateMeters(control, registry, tags);
        meters.breaker();
        meters.outage();
        meters.gate();
        meters.leases();
        meters.limits();
        return meters.all;
    }

    /** One gauge for each state, 1 for the one that it is in: nobody has to know numbers to alert on it. */
    private void breaker() {
        for (BreakerState state : BreakerState.values()) {
            all.add(Gauge.builder("penstock.breaker.state", control, c -> c.breakerState() == state ? 1 : 0)
                    .description("1 for the state that the breaker on the creation of connections is in, else 0")
                    .tags(tags.and("state", EventMeters.label(state)))
                    .register(registry));
        }
    }

    private void outage() {
        seconds(
                "penstock.breaker.outage.current",
                "how long the present outage has lasted, 0 without one",
                c -> c.outage()
                        .map(OutageReport::lasted)
                        .map(StateMeters::seconds)
                        .orElse(0.0));
        seconds(
                "penstock.breaker.next.probe",
                "until the next probe, NaN if none is due",
                c -> c.outage()
                        .map(OutageReport::nextProbeIn)
                        .map(StateMeters::seconds)
                        .orElse(Double.NaN));
    }

    private void seconds(String name, String description, ToDoubleFunction<PenstockControl> value) {
        all.add(TimeGauge.builder(name, control, TimeUnit.SECONDS, value)
                .description(description)
                .tags(tags)
                .register(registry));
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    private void gate() {
        all.add(Gauge.builder("penstock.gate.waiting", control, PenstockControl::waiting)
                .description("callers that wait in the gate")
                .tags(tags)
                .register(registry));
        count("penstock.gate.refused", "callers refused at once: gate.failFastAfter", PenstockControl::refused);
        count("penstock.gate.timeouts", "callers whose own limit was over in the gate", PenstockControl::timedOut);
    }

    private void leases() {
        all.add(Gauge.builder("penstock.leases.open", control, PenstockControl::openLeaseCount)
                .description("connections on loan")
                .tags(tags)
                .register(registry));
        seconds("penstock.leases.oldest", "age of the oldest lease", c -> seconds(c.oldestLease()));
        for (LeaseVerdict verdict : LeaseVerdict.values()) {
            all.add(FunctionCounter.builder("penstock.leases.suspected", control, c -> c.suspectedLeases(verdict))
                    .description("leases that became suspect, by verdict")
                    .tags(tags.and("verdict", EventMeters.label(verdict)))
                    .register(registry));
        }
        count("penstock.leases.reclaimed", "connections taken back: leases.reclaim", PenstockControl::reclaimedLeases);
        count("penstock.leases.false.alarms", "suspects of a leak that came back", PenstockControl::falseLeaseAlarms);
    }

    private void limits() {
        for (SessionLimit limit : SessionLimit.values()) {
            for (Enforcement by : Enforcement.values()) {
                all.add(FunctionCounter.builder("penstock.limits.enforced", control, c -> c.enforcedTimeouts(limit, by))
                        .description("limits of sessions that the client has enforced")
                        .tags(tags.and("limit", EventMeters.label(limit), "by", EventMeters.label(by)))
                        .register(registry));
            }
        }
        cancels("delivered", PenstockControl::cancelsDelivered);
        cancels("failed", PenstockControl::cancelsFailed);
        count(
                "penstock.limits.not.in.force",
                "sessions handed out whose server had not all the limits of penstock.session",
                PenstockControl::sessionsNotInForce);
    }

    private void cancels(String outcome, ToDoubleFunction<PenstockControl> value) {
        all.add(FunctionCounter.builder("penstock.limits.cancels", control, value)
                .description("cancel requests for statements over their limit")
                .tags(tags.and("outcome", outcome))
                .register(registry));
    }

    private void count(String name, String description, ToDoubleFunction<PenstockControl> value) {
        all.add(FunctionCounter.builder(name, control, value)
                .description(description)
                .tags(tags)
                .register(registry));
    }
}
