package dev.penstock.tools.tune.report;

import dev.penstock.tools.tune.search.Findings;
import dev.penstock.tools.tune.search.Measured;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What was measured, size by size.
 *
 * @param all rising; empty if nothing was measured
 * @param chosen the recommended size, which need not have been measured; null if none is recommended
 */
record Sizes(List<SizeSummary> all, @Nullable Integer chosen) {
    static Sizes of(Findings findings) {
        TreeMap<Integer, List<Measured>> bySize = findings.measured().stream()
                .collect(Collectors.groupingBy(Measured::size, TreeMap::new, Collectors.toList()));
        List<SizeSummary> all = bySize.entrySet().stream()
                .map(entry -> new SizeSummary(entry.getKey(), entry.getValue()))
                .toList();
        return new Sizes(all, findings.recommendation().size());
    }

    /** Has the highest throughput; empty if nothing was measured, or nothing went well. */
    Optional<SizeSummary> best() {
        return all.stream()
                .max(Comparator.comparingDouble(SizeSummary::throughput))
                .filter(best -> best.throughput() > 0);
    }

    /** Measurements of the recommended size. */
    Optional<SizeSummary> recommended() {
        return all.stream().filter(this::isChosen).findFirst();
    }

    boolean isChosen(SizeSummary summary) {
        return Objects.equals(chosen, summary.size());
    }

    /** The largest that is drawn. */
    int largest() {
        int measured = all.isEmpty() ? 1 : all.get(all.size() - 1).size();
        return chosen == null ? measured : Math.max(chosen, measured);
    }
}
