package dev.penstock.tools.addresses;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Two ways to connect, in turn, each first in every other pair: what drifts slowly hits both alike.
 *
 * @param measured the one
 * @param baseline the other
 */
record Pairs(Repetitions measured, Repetitions baseline) {
    /** So many blocks are measured at most. */
    static final int MAX_BLOCKS = 4;

    static Pairs measure(int count, Attempt.Opener measured, Attempt.Opener baseline) {
        List<Attempt> ours = new ArrayList<>();
        List<Attempt> theirs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if (i % 2 == 0) {
                ours.add(Attempt.timed(measured));
                theirs.add(Attempt.timed(baseline));
            } else {
                theirs.add(Attempt.timed(baseline));
                ours.add(Attempt.timed(measured));
            }
        }
        return new Pairs(new Repetitions(ours, List.of()), new Repetitions(theirs, List.of()));
    }

    /**
     * One block, and further ones while the limit is broken. No pair is left out: on a machine with six times as much
     * to do as it can, medians of a hundred connects of one and the same kind differ by a third.
     */
    static Pairs inBlocks(double limit, Supplier<Pairs> block) {
        Pairs all = block.get();
        for (int blocks = 1; blocks < MAX_BLOCKS && all.ratio() > limit; blocks++) {
            all = all.plus(block.get());
        }
        return all;
    }

    private Pairs plus(Pairs more) {
        return new Pairs(joined(measured, more.measured), joined(baseline, more.baseline));
    }

    private static Repetitions joined(Repetitions one, Repetitions other) {
        return new Repetitions(
                Stream.concat(one.counted().stream(), other.counted().stream()).toList(), List.of());
    }

    /** The median of the one against the median of the other. */
    double ratio() {
        return measured.medianMillis() / baseline.medianMillis();
    }

    int size() {
        return measured.counted().size();
    }

    boolean allConnected() {
        return measured.allConnected() && baseline.allConnected();
    }
}
