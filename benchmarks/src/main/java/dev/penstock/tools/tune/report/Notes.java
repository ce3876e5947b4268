package dev.penstock.tools.tune.report;

import dev.penstock.tools.tune.search.Goal;
import java.util.ArrayList;
import java.util.List;

/** What there is to say of a size, in tables. */
final class Notes {
    private final Goal goal;
    private final Sizes sizes;

    Notes(Goal goal, Sizes sizes) {
        this.goal = goal;
        this.sizes = sizes;
    }

    List<String> of(SizeSummary summary) {
        List<String> notes = new ArrayList<>();
        if (sizes.isChosen(summary)) {
            notes.add("recommended");
        }
        if (sizes.best().filter(summary::equals).isPresent()) {
            notes.add("best throughput");
        }
        if (missesTarget(summary)) {
            notes.add("misses the target");
        }
        return notes;
    }

    private boolean missesTarget(SizeSummary summary) {
        return goal.p99() != null
                && summary.percentile(Part.BOTH, Percentiles.TARGET).orElse(0) > Numbers.micros(goal.p99());
    }
}
