package dev.penstock.tools.tune.search;

import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What the measurements up to now say. Not thread-safe. */
final class Knowledge {
    /** The same measurements shall always lead to the same answer. */
    private static final long SEED = 20;

    private final Goal goal;
    private final Samples samples;
    private final ThroughputFit throughput;
    private final @Nullable LatencyFit latency;
    private final Estimate estimate;
    private final RandomGenerator random = new SplittableRandom(SEED);
    private @Nullable Chances chances;

    private Knowledge(Goal goal, Samples samples) {
        this.goal = goal;
        this.samples = samples;
        throughput = ThroughputFit.of(samples);
        latency = goal.p99() == null ? null : LatencyFit.of(samples, Samples.seconds(goal.p99()));
        estimate = new Estimate(goal, throughput.curve(), latency == null ? size -> 0 : latency.curve());
    }

    /** From measurements of which one at least has a throughput. */
    static Knowledge of(Goal goal, List<Measured> measured) {
        return new Knowledge(goal, new Samples(measured).usable());
    }

    Goal goal() {
        return goal;
    }

    Samples samples() {
        return samples;
    }

    ThroughputFit throughput() {
        return throughput;
    }

    /** The best guess. */
    Estimate estimate() {
        return estimate;
    }

    Chances chances() {
        if (chances == null) {
            chances = Chances.of(this);
        }
        return chances;
    }

    RandomGenerator random() {
        return random;
    }

    /** Another guess, had chance played differently. */
    Estimate resampled() {
        return new Estimate(
                goal, throughput.resampled(random), latency == null ? size -> 0 : latency.resampled(random));
    }

    /** Measurements of a size that are not badly off. */
    int sound(int size) {
        int count = 0;
        for (int i = 0; i < samples.all().size(); i++) {
            boolean counts = samples.all().get(i).size() == size && !throughput.outlier(i);
            count += counts ? 1 : 0;
        }
        return count;
    }
}
