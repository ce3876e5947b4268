package dev.penstock;

import dev.penstock.internal.breaker.BreakerSwitch;
import dev.penstock.internal.breaker.Outage;
import dev.penstock.internal.events.Listeners;
import dev.penstock.internal.gate.Gate;
import dev.penstock.internal.wiring.AbovePool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A control whose breaker is what a test says, on virtual time; what is switched is written down. */
public final class ControlRig implements BreakerSwitch {
    /** What was switched, in order. */
    public final List<String> switched = new ArrayList<>();

    private final AtomicLong now = new AtomicLong(1_000_000_007L);
    private final Listeners listeners = new Listeners(List.of());
    private final PenstockConfig config;
    private BreakerState state = BreakerState.CLOSED;
    private @Nullable Outage outage;

    /** With this configuration. */
    public ControlRig(PenstockConfig config) {
        this.config = config;
    }

    /** With a breaker that is on. */
    public ControlRig() {
        this(PenstockConfig.builder().breaker(b -> b.mode(BreakerMode.ON)).build());
    }

    /** Of a connector alone. */
    public PenstockControl alone(String name) {
        return new PenstockControl(
                name,
                config,
                this,
                listeners,
                now::get,
                ControlRig::test,
                PenstockControl.Lines.NONE,
                null,
                null,
                () -> null);
    }

    /** With a pool and a gate above. */
    public PenstockControl above(String name, PoolControl pool) {
        Gate gate = new Gate(name, pool, () -> outage, Duration.ZERO, () -> {}, now::get);
        return new PenstockControl(
                name,
                config,
                this,
                listeners,
                now::get,
                ControlRig::test,
                PenstockControl.Lines.NONE,
                pool,
                new AbovePool(gate, null, () -> {}),
                () -> null);
    }

    private static ConnectTest test(Duration limit) {
        return new ConnectTest("rig", "none", limit, Duration.ZERO, List.of());
    }

    /** Opens it; the next probe is due after a while. */
    public void open(@Nullable ConnectFailure failure, int failedProbes, Duration nextProbeIn) {
        state = BreakerState.OPEN;
        outage = new Outage(now.get(), failedProbes, failedProbes, 0, failure, now.get() + nextProbeIn.toNanos(), null);
    }

    /** Closes it. */
    public void close() {
        state = BreakerState.CLOSED;
        outage = null;
    }

    /** Lets time pass. */
    public void pass(Duration duration) {
        now.addAndGet(duration.toNanos());
    }

    /** Tells every listener. */
    public void tell(Consumer<PenstockListener> event) {
        listeners.tell(event);
    }

    @Override
    public BreakerState state() {
        return state;
    }

    @Override
    public void forceOpen() {
        switched.add("open");
    }

    @Override
    public void forceClosed() {
        switched.add("closed");
    }

    @Override
    public void reset() {
        switched.add("reset");
    }

    @Override
    public @Nullable Outage knownOutage() {
        return outage;
    }
}
