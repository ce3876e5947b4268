package dev.penstock.internal.breaker;

import dev.penstock.BreakerMode;
import dev.penstock.BreakerSettings;
import dev.penstock.BreakerState;
import dev.penstock.ConnectFailure;
import dev.penstock.ConnectOutcome;
import dev.penstock.PenstockListener.BreakerClosed;
import dev.penstock.PenstockListener.BreakerOpened;
import dev.penstock.internal.breaker.Permit.Kind;
import dev.penstock.internal.events.Announcer;
import dev.penstock.internal.events.Guarded;
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
 * failure is noted and nothing else. Thread-safe. Whoever reports an outcome runs the tasks of {@link #onChange},
 * outside the lock; listeners are told on a thread of their own.
 */
public final class CreationBreaker implements BreakerSwitch {
    /** A slow connect is a good one; Resilience4j would count it otherwise. */
    private static final Duration NEVER_SLOW = Duration.ofDays(365);

    /** A connect keeps its deadline by far less; after that whoever had the probe is not coming back. */
    private static final Duration OVERDUE = Duration.ofSeconds(5);

    private final String name;
    private final BreakerMode mode;
    private final Duration deadline;
    private final Ticker ticker;
    private final Listeners listeners;
    private final Announcer announcer;
    private final BooleanSupplier poolIsEmpty;
    private final OpenIntervals intervals;
    private final LearnedLatency latency = new LearnedLatency();
    private final CircuitBreaker breaker;

    private final SlowStart slowStart; // guarded by this
    private long probes; // guarded by this
    /** Null while the breaker is closed. Written with the lock held. */
    private volatile @Nullable Outage outage;

    private final List<Runnable> onChange = new CopyOnWriteArrayList<>();

    /**
     * A closed breaker.
     *
     * @param deadline of a connect that is no probe
     * @param poolIsEmpty whether the pool above is known and has no connection at all
     * @param random uniform from 0 to 1, for the jitter
     */
    public CreationBreaker(
            String name,
            BreakerSettings settings,
            Duration deadline,
            Clockwork clockwork,
            Listeners listeners,
            BooleanSupplier poolIsEmpty,
            DoubleSupplier random) {
        this.name = name;
        this.mode = settings.mode();
        this.deadline = deadline;
        this.ticker = clockwork.ticker();
        this.listeners = listeners;
        this.announcer = new Announcer(clockwork.workers());
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
        Outage current = known == null ? Outage.since(now, null, now) : known;
        Duration interval = intervals.after(current.tries(), Duration.ofNanos(now - current.sinceNanos()));
        if (current.probe() != null) {
            interval = intervals.left(
                    interval, Duration.ofNanos(now - current.probe().begunAt()));
        }
        // Resilience4j counts whole milliseconds and wants the instant to be past
        outage = current.withNextProbeAt(now + TimeUnit.MILLISECONDS.toNanos(interval.toMillis() + 1));
        return interval;
    }

    // ---- asked ----------------------------------------------------------------------------------

    /** May somebody connect now? Whoever gets the permit for a probe must say how it ended. */
    synchronized Permit admit() {
        if (breaker.getState() == State.CLOSED || breaker.getState() == State.DISABLED) {
            return Permit.FREE;
        }
        giveUpLostProbe();
        if (breaker.tryAcquirePermission() && breaker.getState() == State.HALF_OPEN) {
            return probe();
        }
        return mode == BreakerMode.OBSERVE ? Permit.FREE : Permit.REFUSED;
    }

    private Permit probe() {
        long now = ticker.nanos();
        Outage current = Objects.requireNonNull(outage);
        outage = current.withProbe(
                new Outage.Probe(++probes, now, now + deadline.plus(OVERDUE).toNanos()));
        return Permit.probe(probes);
    }

    /** Its report never came: the thread has died, or there was no memory left to report. */
    private void giveUpLostProbe() {
        Outage current = outage;
        if (current != null && current.probe() != null && ticker.nanos() - current.nextEventAt() >= 0) {
            breaker.transitionToOpenState();
        }
    }

    /** Nanoseconds that a creator has to wait for its turn after an outage; zero: now. */
    synchronized long takePlace() {
        return mode == BreakerMode.ON ? slowStart.takePlace(ticker.nanos()) : 0;
    }

    /** Limit of the next probe. A server that is starting up says so: one connect asks it again, in its own time. */
    Duration probeLimit() {
        Outage current = outage();
        boolean isComing = current != null
                && current.lastFailure() != null
                && current.lastFailure().outcome() == ConnectOutcome.STARTING_UP;
        return current == null || isComing ? deadline : latency.probeLimit(current.expiredProbes(), deadline);
    }

    /** How long connects take at most, by what is learned; null while that is nothing. */
    @Nullable Duration patience() {
        Duration usual = latency.probeLimit(0, deadline);
        return mode == BreakerMode.ON && usual.compareTo(deadline) < 0 ? usual : null;
    }

    /** The outage that keeps connects from being tried; null while they are. One volatile read. */
    public @Nullable Outage outage() {
        return mode == BreakerMode.ON ? outage : null;
    }

    /**
     * Has a task run after every change, in whatever thread; it must not block.
     *
     * @return undoes that
     */
    public Runnable onChange(Runnable task) {
        onChange.add(task);
        return () -> onChange.remove(task);
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
    void failed(Permit permit, ConnectFailure failure) {
        Bearing bearing = Bearing.of(failure.outcome());
        // somebody else's code: asked outside the lock, and the failure stays what it is whatever it does
        boolean empty = bearing == Bearing.BAD && Guarded.saysYes(name, "the pool is empty", poolIsEmpty);
        change(() -> {
            if (isCurrent(permit)) {
                probeFailed(bearing, failure);
            } else if (permit.counts() && bearing == Bearing.BAD && breaker.getState() == State.CLOSED) {
                breaker.onError(failure.elapsed().toNanos(), TimeUnit.NANOSECONDS, (Throwable) failure);
                if (breaker.getState() == State.CLOSED && empty) {
                    breaker.transitionToOpenState();
                }
            }
            note(failure);
        });
    }

    private boolean isCurrent(Permit permit) {
        Outage current = outage;
        return permit.kind() == Kind.PROBE
                && current != null
                && current.probe() != null
                && current.probe().number() == permit.probe();
    }

    private void probeFailed(Bearing bearing, ConnectFailure failure) {
        boolean expired = failure.elapsed().compareTo(failure.deadline()) >= 0;
        outage = Objects.requireNonNull(outage).withTry(bearing == Bearing.BAD, expired);
        switch (bearing) {
            case BAD -> {
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
        Outage before;
        Outage after;
        synchronized (this) {
            before = outage;
            change.run();
            if (breaker.getState() == State.CLOSED) {
                outage = null;
            }
            after = outage;
            if (before != null && after == null && before.isMoreThanABlip(ticker.nanos())) {
                slowStart.begin(ticker.nanos());
            }
            announce(before, after);
        }
        if (!Objects.equals(before, after)) {
            onChange.forEach(task ->
                    Guarded.run(name, "telling a change of the breaker", task)); // this is the thread of a connect
        }
        announcer.flush();
    }

    private void announce(@Nullable Outage before, @Nullable Outage after) {
        if (before == null && after != null) {
            Duration next = after.byHand() ? null : Duration.ofNanos(Math.max(0, after.nextProbeAt() - ticker.nanos()));
            BreakerOpened event = new BreakerOpened(name, after.lastFailure(), next);
            announcer.add(() -> listeners.tell(l -> l.breakerOpened(event)));
        } else if (before != null && after == null) {
            BreakerClosed event = new BreakerClosed(
                    name, Duration.ofNanos(ticker.nanos() - before.sinceNanos()), before.failedProbes());
            announcer.add(() -> listeners.tell(l -> l.breakerClosed(event)));
        }
    }

    // ---- by hand --------------------------------------------------------------------------------

    @Override
    public BreakerState state() {
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
