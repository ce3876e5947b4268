package dev.penstock.replay.connects;

import dev.penstock.replay.report.Texts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/** All connects that were measured. */
public record Samples(List<Sample> all) {
    public Samples {
        all = List.copyOf(all);
    }

    public List<Sample> of(Step step) {
        return all.stream().filter(sample -> sample.step() == step).toList();
    }

    public int count(Step step) {
        return of(step).size();
    }

    /** The median of those that succeeded (of two in the middle the greater one). */
    public Optional<Duration> median(Step step) {
        List<Duration> times = of(step).stream()
                .filter(Sample::succeeded)
                .map(Sample::took)
                .sorted()
                .toList();
        return times.isEmpty() ? Optional.empty() : Optional.of(times.get(times.size() / 2));
    }

    /**
     * How much longer the connects of one step took than those of another: one figure per round, the median over its
     * pairs. The two of a pair were made right after each other, so that what else the machine does hits both alike.
     * Empty unless all connects of both steps succeeded and there are pairs for every round.
     */
    public List<Double> factors(Step step, Step than, int rounds) {
        List<Sample> ours = of(step);
        List<Sample> theirs = of(than);
        int size = ours.size() / rounds;
        if (size == 0 || ours.size() != theirs.size() || failed(step) || failed(than)) {
            return List.of();
        }
        List<Double> factors = IntStream.range(0, ours.size())
                .mapToObj(i -> factor(ours.get(i), theirs.get(i)))
                .toList();
        return IntStream.range(0, rounds)
                .mapToObj(round -> middle(factors.subList(round * size, (round + 1) * size)))
                .toList();
    }

    /** What was measured between one {@link Step#PAIRS_DONE} and the next. */
    public List<Samples> sets() {
        List<Samples> sets = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= all.size(); i++) {
            if (i == all.size() || all.get(i).step() == Step.PAIRS_DONE) {
                sets.add(new Samples(all.subList(from, i)));
                from = i + 1;
            }
        }
        return sets;
    }

    /**
     * The one of the {@link #sets} in which the median over all pairs is the smallest, empty if a connect of either
     * step failed in any of them, or none has pairs.
     */
    public Optional<Samples> calmest(Step step, Step than) {
        if (failed(step) || failed(than)) {
            return Optional.empty();
        }
        return sets().stream()
                .filter(set -> !set.factors(step, than, 1).isEmpty())
                .min(Comparator.comparing(set -> set.factors(step, than, 1).get(0)));
    }

    private static double factor(Sample ours, Sample theirs) {
        return (double) ours.took().toNanos() / theirs.took().toNanos();
    }

    private static double middle(List<Double> factors) {
        return factors.stream().sorted().toList().get(factors.size() / 2);
    }

    private boolean failed(Step step) {
        return firstFailure(step).isPresent();
    }

    /** What the first failed connect of a step was told. */
    public Optional<String> firstFailure(Step step) {
        return of(step).stream().map(Sample::failure).filter(Objects::nonNull).findFirst();
    }

    /** The median of a step, or the first failure if there is one, as the report shows it. */
    public String typical(Step step) {
        return of(step).stream()
                .filter(sample -> !sample.succeeded())
                .findFirst()
                .map(Sample::text)
                .or(() -> median(step).map(Texts::of))
                .orElse("not measured");
    }

    /** The only connect of a step, as the report shows it. */
    public String text(Step step) {
        return of(step).stream().findFirst().map(Sample::text).orElse("not measured");
    }
}
