package dev.penstock.tools.tune.search;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Which size to measure next: a pure function of what was measured.
 *
 * <p>A {@link Sweep} first, then the {@link Peak}; then the sizes of which chance leaves open whether they do, and the
 * best throughput that they are compared with, in turn, so that a server that becomes slower meanwhile does so for both.
 */
final class Planner {
    /** Measurements that must agree before a size is believed. */
    private static final int BELIEVED = 2;

    /** Of the best throughput together. */
    private static final int BEST_BELIEVED = 3;

    /** Of what may be missing from the best throughput: what is no matter. */
    private static final int PART = 5;

    private final Goal goal;
    private final Sweep sweep;

    Planner(Goal goal) {
        this.goal = goal;
        this.sweep = new Sweep(goal);
    }

    /** The next measurement; empty when enough is known. */
    Optional<Plan> next(List<Measured> measured) {
        Samples samples = new Samples(measured).usable();
        Optional<Plan> first = sweep.next(new Samples(measured));
        if (first.isPresent() || samples.all().isEmpty()) {
            return first;
        }
        Knowledge knowledge = Knowledge.of(goal, measured);
        return new OutOfLine(samples)
                .next()
                .or(() -> new Peak(samples, goal.within() / PART).next())
                .or(() -> edge(knowledge))
                .or(() -> doubt(knowledge))
                .or(() -> repeat(knowledge));
    }

    /** The size that seems to be the smallest, and the one below it, must have been seen. */
    private Optional<Plan> edge(Knowledge knowledge) {
        int size = candidate(knowledge);
        return unseen(knowledge, size, "seems to be the smallest that does")
                .or(() -> unseen(knowledge, size - 1, "just below what seems to do"));
    }

    private Optional<Plan> unseen(Knowledge knowledge, int size, String why) {
        boolean unseen = size >= goal.smallest() && !knowledge.samples().has(size);
        return unseen ? Optional.of(new Plan(size, why)) : Optional.empty();
    }

    private Optional<Plan> doubt(Knowledge knowledge) {
        Chances chances = knowledge.chances();
        int[] doubtful = chances.doubtful();
        if (doubtful.length == 0) {
            return Optional.empty();
        }
        int[] best = nearBest(knowledge);
        boolean compare = Arrays.stream(doubtful).anyMatch(chances::fastInDoubt);
        if (compare && sound(knowledge, best) < sound(knowledge, doubtful)) {
            return Optional.of(new Plan(least(knowledge, best), "what the best throughput is"));
        }
        int size = Arrays.stream(doubtful)
                .boxed()
                .min(Comparator.<Integer>comparingInt(knowledge::sound)
                        .thenComparing(
                                Comparator.comparingDouble(chances::evenness).reversed()))
                .orElseThrow();
        return Optional.of(new Plan(size, "may be the smallest that does, or not"));
    }

    private Optional<Plan> repeat(Knowledge knowledge) {
        int size = candidate(knowledge);
        for (int repeated : new int[] {size, size - 1}) {
            if (repeated >= goal.smallest() && knowledge.sound(repeated) < BELIEVED) {
                return Optional.of(new Plan(repeated, "again, to be sure"));
            }
        }
        int[] best = nearBest(knowledge);
        return sound(knowledge, best) < BEST_BELIEVED
                ? Optional.of(new Plan(least(knowledge, best), "the best throughput again, to be sure"))
                : Optional.empty();
    }

    /** The smallest that does; if none does, of those that are fast enough the one with the least latency. */
    private static int candidate(Knowledge knowledge) {
        Estimate estimate = knowledge.estimate();
        return estimate.smallest().orElseGet(estimate::soonest);
    }

    /** Sizes whose throughput is next to the best. */
    private int[] nearBest(Knowledge knowledge) {
        Estimate estimate = knowledge.estimate();
        return goal.sizes()
                .filter(size -> estimate.near(size, goal.within() / PART))
                .toArray();
    }

    /** The one that was measured least; of these the one in the middle. */
    private static int least(Knowledge knowledge, int[] sizes) {
        int fewest = Arrays.stream(sizes).map(knowledge::sound).min().orElseThrow();
        int[] rare = Arrays.stream(sizes)
                .filter(size -> knowledge.sound(size) == fewest)
                .toArray();
        return rare[rare.length / 2];
    }

    private static int sound(Knowledge knowledge, int[] sizes) {
        return IntStream.of(sizes).map(knowledge::sound).sum();
    }
}
