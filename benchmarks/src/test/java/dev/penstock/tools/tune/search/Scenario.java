package dev.penstock.tools.tune.search;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A server and work for it, as a seed draws them.
 *
 * @param text for people
 * @param truth what is true of them when they neither drift nor stall
 * @param load to be measured
 * @param goal that is looked for
 * @param answer the size that does; 0 if none does
 */
record Scenario(String text, Truth truth, SimulatedLoad load, Goal goal, int answer) {
    private static final int LARGEST = 64;
    private static final double WITHIN = 0.05;

    static Scenario of(long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        double best = 1_500 + 3_500 * random.nextDouble();
        boolean law = random.nextBoolean();
        Server server = law ? usl(best, random) : cores(best, random);
        double peak = peak(server);
        int kind = Math.floorMod(seed, 5);
        Work work = work(kind, peak, server.rate(1), random);
        Truth truth = new Truth(server, work);
        Duration target = target(kind, truth, random);
        Goal goal = new Goal(1, LARGEST, WITHIN, target);
        double drift = 0.02 * random.nextDouble();
        boolean stalls = random.nextBoolean();
        String text = "%s %s, drift %.1f %%%s, p99 %s"
                .formatted(law ? "law" : "cores", describe(work), 100 * drift, stalls ? ", stalls" : "", target);
        SimulatedLoad load = new SimulatedLoad(server, work, drift, stalls, random);
        return new Scenario(text, truth, load, goal, truth.smallest(goal));
    }

    private static String describe(Work work) {
        return (work.isOpen()
                        ? "%.0f/s".formatted(work.arrivals())
                        : "%d callers, thinking %.1f ms".formatted(work.callers(), 1e3 * work.thinking()))
                + (work.spread() == 0 ? "" : ", lognormal %.1f".formatted(work.spread()));
    }

    private static Server usl(double best, RandomGenerator random) {
        double sigma = 0.01 + 0.24 * random.nextDouble();
        double kappa = 1e-4 * Math.pow(50, random.nextDouble());
        Server one = Server.usl(1, sigma, kappa);
        return Server.usl(best / peak(one), sigma, kappa);
    }

    private static Server cores(double best, RandomGenerator random) {
        int cores = 2 + (int) (46 * Math.pow(random.nextDouble(), 1.5));
        return Server.cores(cores, best / cores, 0.001 + 0.02 * random.nextDouble());
    }

    private static Work work(int kind, double peak, double single, RandomGenerator random) {
        Work work = switch (kind) {
            case 0, 1 -> Work.closed(70 + random.nextInt(150), 0);
            case 2 -> Work.closed(8 + random.nextInt(50), (0.2 + 3 * random.nextDouble()) / single);
            case 3 -> Work.open(peak * (0.5 + 0.35 * random.nextDouble()));
            default -> Work.open(peak * (0.5 + 1.5 * random.nextDouble()));
        };
        return kind != 2 && random.nextBoolean() ? work.lognormal(0.5 + 0.5 * random.nextDouble()) : work;
    }

    private static @Nullable Duration target(int kind, Truth truth, RandomGenerator random) {
        if (kind == 0 || kind == 4 || (kind == 2 && random.nextBoolean())) {
            return null;
        }
        int enough = truth.smallest(new Goal(1, LARGEST, WITHIN, null));
        double nearby = truth.p99(Math.min(LARGEST, enough + 10));
        double factor = kind == 1 ? 0.7 + random.nextDouble() : 1.1 + random.nextDouble();
        return Duration.ofNanos(Math.round(1e9 * nearby * factor));
    }

    private static double peak(Server server) {
        return IntStream.rangeClosed(1, LARGEST).mapToDouble(server::rate).max().orElseThrow();
    }
}
