package dev.penstock.tools.tune.search;

import dev.penstock.internal.time.Ticker;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * A server that is not the same all the time: its speed goes up and down slowly, and now and then it stalls. Its time is
 * virtual.
 */
final class SimulatedLoad implements Load, Ticker {
    private static final double DRIFT_PERIOD = 1_500;
    private static final double STALL_EVERY = 400;
    private static final double STALL_SECONDS = 3;
    private static final double STALLED = 0.05;

    private final Server server;
    private final Work work;
    private final double drift;
    private final boolean stalls;
    private final RandomGenerator random;
    private final double phase;
    private double now;
    private double nextStall;

    /**
     * A load.
     *
     * @param drift share of its speed by which it is at most faster or slower
     */
    SimulatedLoad(Server server, Work work, double drift, boolean stalls, RandomGenerator random) {
        this.server = server;
        this.work = work;
        this.drift = drift;
        this.stalls = stalls;
        this.random = random;
        this.phase = random.nextDouble(2 * Math.PI);
        this.nextStall = random.nextExponential() * STALL_EVERY;
    }

    @Override
    public Measured measure(int size, Effort effort) {
        Simulation simulation = new Simulation(server, work, size, random);
        run(simulation, Samples.seconds(effort.warmUp()));
        simulation.measure();
        run(simulation, Samples.seconds(effort.measured()));
        return new Measured(size, effort.measured(), simulation.done(), 0, simulation.times(), null);
    }

    @Override
    public long nanos() {
        return Duration.ofMillis(Math.round(now * 1e3)).toNanos();
    }

    private void run(Simulation simulation, double seconds) {
        double speed = 1 + drift * Math.sin(2 * Math.PI * now / DRIFT_PERIOD + phase);
        double end = now + seconds;
        while (stalls && nextStall < end) {
            simulation.run(nextStall - now, speed);
            double stalled = Math.min(end - nextStall, STALL_SECONDS);
            simulation.run(stalled, STALLED * speed);
            now = nextStall + stalled;
            nextStall = now + random.nextExponential() * STALL_EVERY;
        }
        simulation.run(end - now, speed);
        now = end;
    }
}
