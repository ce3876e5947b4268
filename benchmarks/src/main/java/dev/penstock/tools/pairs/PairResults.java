package dev.penstock.tools.pairs;

import dev.penstock.lab.stats.Interval;
import dev.penstock.lab.stats.Sample;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What all forks of a comparison say together; each is one independent observation. Times are nanoseconds.
 *
 * @param forks at least two
 */
public record PairResults(List<ForkResult> forks) {
    /** Copies the list. */
    public PairResults {
        forks = List.copyOf(forks);
    }

    /** Penstock against plain: the figure that is judged. */
    public Interval ratio() {
        return ratio(ForkResult::ratio);
    }

    /** The same by the medians, for comparison. */
    Interval medianRatio() {
        return ratio(ForkResult::medianRatio);
    }

    /** What Penstock takes longer than plain. */
    public Interval above() {
        return Interval.ofValues(all(fork -> fork.penstockMean() - fork.plainMean()));
    }

    /** Plain, in the middle one of the forks. */
    public double plain() {
        return Sample.of(all(ForkResult::plainMean)).median();
    }

    /** Penstock, in the middle one of the forks. */
    public double penstock() {
        return Sample.of(all(ForkResult::penstockMean)).median();
    }

    private Interval ratio(ToDoubleFunction<ForkResult> figure) {
        return Interval.ofRatios(all(figure));
    }

    private double[] all(ToDoubleFunction<ForkResult> figure) {
        return forks.stream().mapToDouble(figure).toArray();
    }
}
