package dev.penstock.tools.tune.search;

import dev.penstock.tools.tune.search.Recommendation.Verdict;
import dev.penstock.tools.tune.usl.UslFit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Why, in sentences. */
final class Reasons {
    private static final double BUSY = 0.85;

    /** Callers that take less of the processors than that are not what limits. */
    private static final double SOME = 0.25;

    private final Goal goal;
    private final Knowledge knowledge;
    private final Samples samples;
    private final Estimate estimate;

    Reasons(Knowledge knowledge) {
        this.goal = knowledge.goal();
        this.knowledge = knowledge;
        this.samples = knowledge.samples();
        this.estimate = knowledge.estimate();
    }

    /** Of a verdict that comes with a size. */
    List<String> of(Verdict verdict, int size) {
        List<String> reasons = new ArrayList<>();
        reasons.add(does(size));
        below(size, reasons);
        switch (verdict) {
            case POOL_IS_NOT_THE_BOTTLENECK -> reasons.add(elsewhere(size));
            case CAPPED ->
                reasons.add("Throughput still rises at size " + lastSize()
                        + ", the largest that was looked at: more may be better.");
            default -> {}
        }
        if (goal.smallest() == goal.largest()) {
            reasons.add("No other size was allowed, so whether another one is better is not known.");
        }
        model(reasons);
        callers(reasons);
        failures(reasons);
        return reasons;
    }

    /** When no size does. */
    List<String> outOfReach() {
        List<String> reasons = new ArrayList<>();
        String target = target();
        int nearest = samples.sizes().stream()
                .min((one, other) -> Double.compare(samples.p99(one), samples.p99(other)))
                .orElseThrow();
        int soonest = estimate.soonest();
        if (samples.p99(nearest) > goalSeconds()) {
            reasons.add("No size meets the target of " + target + ": size " + nearest
                    + " came nearest, with a 99th percentile of " + Words.seconds(samples.p99(nearest)) + " at "
                    + Words.rate(samples.throughput(nearest)) + ".");
        } else {
            reasons.add("Size " + nearest + " meets the target of " + target + " with "
                    + Words.seconds(samples.p99(nearest)) + ", but reaches only "
                    + Words.share(Math.rint(100 * ofBest(nearest)) / 100)
                    + " of the best throughput; no size within " + Words.share(goal.within())
                    + " of that meets it: size " + soonest + " comes nearest, with "
                    + Words.seconds(estimate.p99(soonest)) + ".");
        }
        reasons.add(
                nearest == lastSize()
                        ? "Latency was still falling at the largest size: allow larger ones, or a longer latency."
                        : "A larger pool does not help: allow a longer latency, bring less work at a time, or make the"
                                + " work shorter.");
        callers(reasons);
        failures(reasons);
        return reasons;
    }

    /** When not one unit of work went well. */
    static String nothing(List<Measured> measured) {
        if (measured.isEmpty()) {
            return "Nothing was measured.";
        }
        String measurements = measured.size() == 1 ? "the one measurement" : measured.size() + " measurements";
        return measured.stream().allMatch(m -> m.done() == 0)
                ? "Not one unit of work came to its end in " + measurements + ": measure for longer, by --measure."
                : "Not one unit of work went well in " + measurements + ".";
    }

    /**
     * When too little was measured.
     *
     * @param candidate what would be the answer, were these all sizes; null: none
     */
    List<String> undecided(@Nullable Integer candidate) {
        List<String> reasons = new ArrayList<>();
        reasons.add("Too little was measured: sizes " + samples.sizes() + "; chance leaves "
                + Math.min(goal.largest(), knowledge.chances().least()) + " to "
                + Math.min(goal.largest(), knowledge.chances().most()) + " open.");
        if (candidate != null) {
            reasons.add("Of the sizes that were measured, " + candidate + " is the smallest that would do.");
        }
        callers(reasons);
        failures(reasons);
        return reasons;
    }

    private String does(int size) {
        String text = "Size " + size + " reaches " + Words.rate(estimate.throughput(size)) + ", "
                + Words.share(Math.rint(1000 * ofBest(size)) / 1000) + " of the best throughput ("
                + Words.rate(estimate.throughput(estimate.bestSize())) + " at size " + estimate.bestSize() + ")";
        return goal.p99() == null
                ? text + "."
                : text + ", with a 99th percentile of " + Words.seconds(estimate.p99(size)) + "; the target is "
                        + target() + ".";
    }

    private void below(int size, List<String> reasons) {
        if (size == goal.smallest()) {
            return;
        }
        int below = size - 1;
        reasons.add(
                estimate.fastEnough(below)
                        ? "Size " + below + " misses the target"
                                + (Double.isFinite(estimate.p99(below))
                                        ? " with " + Words.seconds(estimate.p99(below)) + "."
                                        : " by far.")
                        : "Size " + below + " reaches less than " + Words.share(1 - goal.within())
                                + " of the best throughput.");
    }

    private String elsewhere(int size) {
        if (samples.has(size) && samples.waited(size) <= samples.p99(size) / 100) {
            return "At size " + size + " hardly anybody waits for a connection: the callers, or the rate at which work"
                    + " arrives, are the limit, not the pool.";
        }
        String cpu = idle(samples.has(size) ? samples.of(size).get(0).serverCpu() : null);
        if (size > 2) { // a lock would let one or two have it all
            return "More connections than " + size + " bring no more throughput, and fewer were not looked at: allow"
                    + " smaller sizes." + cpu;
        }
        return "More connections than " + size + " bring no more throughput: what limits is behind them, a lock or"
                + " a single processor for example." + cpu;
    }

    private static String idle(@Nullable Double cpu) {
        return cpu == null || cpu >= BUSY
                ? ""
                : String.format(Locale.ROOT, " The server's processors are %.0f %% busy only.", 100 * cpu);
    }

    private void model(List<String> reasons) {
        UslFit fit = knowledge.throughput().law();
        if (fit == null) {
            return;
        }
        reasons.add(
                knowledge.throughput().lawHolds()
                        ? String.format(
                                Locale.ROOT,
                                "Throughputs follow the Universal Scalability Law (contention %.3g, coherency %.3g)"
                                        + " to within %.1f %%.",
                                fit.law().sigma(),
                                fit.law().kappa(),
                                100 * fit.error())
                        : String.format(
                                Locale.ROOT,
                                "Throughputs do not follow the Universal Scalability Law (%.1f %% off), so the"
                                        + " measurements near the answer decide.",
                                100 * fit.error()));
    }

    private void callers(List<String> reasons) {
        samples.all().stream()
                .filter(m -> callersCpu(m) >= SOME && allCpu(m) >= BUSY)
                .max(Comparator.comparingDouble(Reasons::callersCpu))
                .ifPresent(m -> reasons.add(String.format(
                        Locale.ROOT,
                        "The callers took up to %.0f %% of the processors here%s: from another machine the server may"
                                + " do more.",
                        100 * callersCpu(m),
                        m.serverCpu() == null ? "" : ", which the server shares")));
    }

    private static double callersCpu(Measured measured) {
        return measured.callersCpu() == null ? 0 : measured.callersCpu();
    }

    private static double allCpu(Measured measured) {
        return callersCpu(measured) + (measured.serverCpu() == null ? 0 : measured.serverCpu());
    }

    private void failures(List<String> reasons) {
        long failed = samples.all().stream().mapToLong(Measured::failed).sum();
        if (failed > 0) {
            reasons.add(failed + " of "
                    + samples.all().stream().mapToLong(Measured::done).sum()
                    + " units of work failed; they do not count as throughput.");
        }
    }

    private double ofBest(int size) {
        return estimate.throughput(size) / estimate.throughput(estimate.bestSize());
    }

    private int lastSize() {
        return samples.sizes().get(samples.sizes().size() - 1);
    }

    private double goalSeconds() {
        return goal.p99() == null ? Double.POSITIVE_INFINITY : Samples.seconds(goal.p99());
    }

    private String target() {
        return Words.seconds(goalSeconds());
    }
}
