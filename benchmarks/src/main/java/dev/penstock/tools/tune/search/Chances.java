package dev.penstock.tools.tune.search;

import java.util.Arrays;
import java.util.stream.IntStream;

/** What the answer might have been, had chance played differently: a parametric bootstrap over the measurements. */
final class Chances {
    private static final int RESAMPLES = 200;
    private static final double TAIL = 0.025;

    private final Goal goal;
    private final int[] fast;
    private final int[] soon;
    private final int[] good;
    private final int[] answers = new int[RESAMPLES];

    private Chances(Goal goal) {
        this.goal = goal;
        fast = new int[goal.largest() + 1];
        soon = new int[goal.largest() + 1];
        good = new int[goal.largest() + 1];
    }

    /** Of that state of knowledge; the same each time. */
    static Chances of(Knowledge knowledge) {
        Chances chances = new Chances(knowledge.goal());
        for (int i = 0; i < RESAMPLES; i++) {
            chances.add(i, knowledge.resampled());
        }
        Arrays.sort(chances.answers);
        return chances;
    }

    private void add(int index, Estimate estimate) {
        answers[index] = goal.largest() + 1; // none
        for (int size = goal.largest(); size >= goal.smallest(); size--) {
            boolean isFast = estimate.fastEnough(size);
            boolean isSoon = estimate.soonEnough(size);
            fast[size] += isFast ? 1 : 0;
            soon[size] += isSoon ? 1 : 0;
            if (isFast && isSoon) {
                good[size]++;
                answers[index] = size;
            }
        }
    }

    /** Whether throughput at this size may be enough or not. */
    boolean fastInDoubt(int size) {
        return doubtful(fast[size]);
    }

    /** How even the chances are that this size does: 0.5 for quite even, 0 for sure. */
    double evenness(int size) {
        double share = good[size] / (double) RESAMPLES;
        return Math.min(share, 1 - share);
    }

    /** Sizes of which nobody knows whether they do, up to the first that does for sure. */
    int[] doubtful() {
        int sure = goal.sizes()
                .filter(size -> good[size] >= (1 - TAIL) * RESAMPLES)
                .findFirst()
                .orElse(goal.largest());
        return IntStream.rangeClosed(goal.smallest(), sure)
                .filter(size -> doubtful(good[size]))
                .toArray();
    }

    /** With 95 % confidence no smaller size does; one above the largest if none may. */
    int least() {
        return answers[(int) (TAIL * RESAMPLES)];
    }

    /** With 95 % confidence this one does; one above the largest if perhaps none does. */
    int most() {
        return answers[RESAMPLES - 1 - (int) (TAIL * RESAMPLES)];
    }

    private static boolean doubtful(int times) {
        return times > TAIL * RESAMPLES && times < (1 - TAIL) * RESAMPLES;
    }
}
