package dev.penstock.internal.breaker;

import dev.penstock.BreakerMode;
import dev.penstock.BreakerSettings;
import dev.penstock.BreakerState;
import dev.penstock.ConnectFailure;
import dev.penstock.ConnectOutcome;
import dev.penstock.PenstockListener.BreakerClosed;
import dev.penstock.PenstockListener.BreakerOpened;
import dev.penstock.internal.events.Listeners;
import dev.penstock.internal.time.Ticker;
import dev.penstock.internal.time.TickerClock;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Resilience4j's circuit breaker on the creation of physical connections: it counts what bears on whether
 * connections can be made, and remembers what people ask during an outage. Its clock is the {@link Ticker}.
 *
 * <p>A connect that began before the breaker opened may end at any time: its success closes the breaker, its
 * failure is noted and nothing else. Thread-safe; listeners are told outside the lock.
 */
public final class CreationBreaker implements BreakerSwitch {
    /** A slow connect is a good one; Resilience4j would count it otherwise. */
    private static final Duration NEVER_SLOW = Duration.ofDays(365);

    private final String name;
    private final BreakerMode mode;
    private final Ticker ticker;
    private final Listeners listeners;
    private final BooleanSupplier poolIsEmpty;
    private final OpenIntervals intervals;
    private final LearnedLatency latency = new LearnedLatency();
    private final CircuitBreaker breaker;

    private final SlowStart slowStart; // guarded by this
    /** Null while the breaker is closed. Written with the lock held. */
    private volatile @Nullable Outage outage;

    /** Told after every change, outside the lock. */
    private final List<Runnable> onChange = new CopyOnWriteArrayList<>();

    /**
     * A closed breaker.
     *
     * @param poolIsEmpty whether the pool above is known and has no connection at all
     * @param random uniform from 0 to 1, for the jitter
     */
    public CreationBreaker(
            String name,
            BreakerSettings settings,
            Ticker ticker,
            Listeners listeners,
            BooleanSupplier poolIsEmpty,
            DoubleSupplier random) {
        this.name = name;
        this.mode = settings.mode();
        this.ticker = ticker;
        this.listeners = listeners;
        this.poolIsEmpty = poolIsEmpty;
        this.intervals = new OpenIntervals(settings.openInterval(), random);
        this.slowStart = new SlowStart(settings.rampUp());
        this.breaker = CircuitBreaker.of(name, config(settings));
    }

    private CircuitBreakerConfig config(BreakerSettings settings) {
        return CircuitBreakerConfig.custom()
                .slidingWindow(settings.failures(), settings.failures(), SlidingWindowType.COUNT_BASED)
                .failureRateThreshold(100)
                .permittedNumberOfCallsInHalfOpenState(1)
                .slowCallDurationThreshold(NEVER_SLOW)
                .waitIntervalFunctionInOpenState(attempt -> openInterval().toMillis())
                .clock(new TickerClock(ticker))
                .currentTimestampFunction(clock -> ticker.nanos(), TimeUnit.NANOSECONDS)
                .writableStackTraceEnabled(false)
                .build();
    }

    /** Called by Resilience4j whenever it opens, in the thread that holds the lock. */
    private Duration openInterval() {
        long now = ticker.nanos();
        Outage known = outage;
        Outage current = known == null ? new Outage(now, 0, null, now) : known;
        Duration interval = intervals.after(current.failedProbes(), Duration.ofNanos(now - current.sinceNanos()));
        // Resilience4j counts whole milliseconds and wants the instant to be past
        outage = current.withNextProbeAt(now + TimeUnit.MILLISECONDS.toNanos(interval.toMillis() + 1));
        return interval;
    }

    // ---- asked ----------------------------------------------------------------------------------

    /** May somebody connect now? Whoever is told PROBE must say how it ended. */
    synchronized Admission admit() {
        if (mode == BreakerMode.OFF || breaker.getState() == State.CLOSED) {
            return Admission.FREE;
        }
        if (breaker.tryAcquirePermission()) {
            return breaker.getState() == State.HALF_OPEN ? Admission.PROBE : Admission.FREE;
        }
        return mode == BreakerMode.OBSERVE ? Admission.FREE : Admission.REFUSED;
    }

    /** Nanoseconds that a creator has to wait for its turn after an outage; zero: now. */
    synchronized long takePlace() {
        return mode == BreakerMode.ON ? slowStart.takePlace(ticker.nanos()) : 0;
    }

    /** Whether the one probe of a half-open breaker is under way. */
    boolean isProbing() {
        return breaker.getState() == State.HALF_OPEN;
    }

    /** Limit of the next probe. */
    Duration probeLimit(Duration deadline) {
        Outage current = outage();
        return current == null ? deadline : latency.probeLimit(current.failedProbes(), deadline);
    }

    /** The outage that keeps connects from being tried; null while they are. One volatile read. */
    public @Nullable Outage outage() {
        return mode == BreakerMode.ON ? outage : null;
    }

    /** Has a task run after every change, in whatever thread; it must not block. */
    public void onChange(Runnable task) {
        onChange.add(task);
    }

    // ---- told -----------------------------------------------------------------------------------

    /** A connect succeeded. */
    void succeeded(Duration took) {
        latency.learn(took);
        change(() -> {
            if (breaker.getState() == State.CLOSED) {
                breaker.onSuccess(took.toNanos(), TimeUnit.NANOSECONDS);
            } else {
                close();
            }
        });
    }

    /** A connect failed. */
    void failed(Admission as, ConnectFailure failure) {
        Bearing bearing = Bearing.of(failure.outcome());
        change(() -> {
            if (as == Admission.PROBE && breaker.getState() == State.HALF_OPEN) {
                probeFailed(bearing, failure);
            } else if (breaker.getState() == State.CLOSED && bearing == Bearing.BAD) {
                breaker.onError(failure.elapsed().toNanos(), TimeUnit.NANOSECONDS, (Throwable) failure);
                if (breaker.getState() == State.CLOSED && poolIsEmpty.getAsBoolean()) {
                    breaker.transitionToOpenState();
                }
            }
            note(failure);
        });
    }

    private void probeFailed(Bearing bearing, ConnectFailure failure) {
        switch (bearing) {
            case BAD -> {
                Outage current = outage;
                outage = current == null ? null : current.withFailedProbe();
                breaker.onError(failure.elapsed().toNanos(), TimeUnit.NANOSECONDS, (Throwable) failure);
            }
            case GOOD, ANSWERED -> close();
            case NEUTRAL -> breaker.transitionToOpenState();
        }
    }

    private void note(ConnectFailure failure) {
        Outage current = outage;
        if (current != null && !current.byHand() && failure.outcome() != ConnectOutcome.ABANDONED) {
            outage = current.withFailure(failure);
        }
    }

    private void close() {
        if (breaker.getState() == State.OPEN || breaker.getState() == State.HALF_OPEN) {
            breaker.transitionToClosedState();
        }
    }

    /** Makes a change and tells everybody what came of it. */
    private void change(Runnable change) {
        if (mode == BreakerMode.OFF) {
            return;
        }
        Outage before;
        Outage after;
        synchronized (this) {
            before = outage;
            change.run();
            if (breaker.getState() == State.CLOSED) {
                outage = null;
            }
            after = outage;
            if (before != null && after == null) {
                slowStart.begin(ticker.nanos());
            }
        }
        tell(before, after);
        if (!Objects.equals(before, after)) {
            onChange.forEach(Runnable::run);
        }
    }

    private void tell(@Nullable Outage before, @Nullable Outage after) {
        if (before == null && after != null) {
            Duration next = after.byHand() ? null : Duration.ofNanos(Math.max(0, after.nextProbeAt() - ticker.nanos()));
            BreakerOpened event = new BreakerOpened(name, after.lastFailure(), next);
            listeners.tell(l -> l.breakerOpened(event));
        } else if (before != null && after == null) {
            BreakerClosed event = new BreakerClosed(
                    name, Duration.ofNanos(ticker.nanos() - before.sinceNanos()), before.failedProbes());
            listeners.tell(l -> l.breakerClosed(event));
        }
    }

    // ---- by hand --------------------------------------------------------------------------------

    @Override
    public BreakerState state() {
        if (mode == BreakerMode.OFF) {
            return BreakerState.OFF;
        }
        return switch (breaker.getState()) {
            case CLOSED, METRICS_ONLY -> BreakerState.CLOSED;
            case OPEN -> BreakerState.OPEN;
            case HALF_OPEN -> BreakerState.HALF_OPEN;
            case FORCED_OPEN -> BreakerState.FORCED_OPEN;
            case DISABLED -> BreakerState.FORCED_CLOSED;
        };
    }

    @Override
    public void forceOpen() {
        change(() -> {
            breaker.transitionToForcedOpenState();
            outage = Outage.byHand(outage, ticker.nanos());
        });
    }

    @Override
    public void forceClosed() {
        change(() -> {
            breaker.transitionToDisabledState();
            outage = null;
        });
    }

    @Override
    public void reset() {
        change(breaker::reset);
    }

    @Override
    public @Nullable Outage knownOutage() {
        return outage;
    }
}
