package dev.penstock.tools.tune.search;

import dev.penstock.internal.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the smallest size of a pool that does. See the package for how. Not thread-safe; the thread that calls may
 * be interrupted.
 */
public final class SizeSearch {
    private final Goal goal;
    private final SearchLimits limits;
    private final Ticker ticker;
    private final SearchListener listener;
    private final Planner planner;

    /** What one measurement has taken at most, opening and closing pools included. */
    private Duration longest;

    /**
     * A search.
     *
     * @param ticker what the time is; the sum of the efforts counts where it is more
     * @param listener told in the thread that searches
     */
    public SizeSearch(Goal goal, SearchLimits limits, Ticker ticker, SearchListener listener) {
        this.goal = goal;
        this.limits = limits;
        this.ticker = ticker;
        this.listener = listener;
        this.planner = new Planner(goal);
        this.longest = limits.effort().total();
    }

    /**
     * Measures until it is sure enough, or may not go on.
     *
     * @return what was found; {@link Findings#stopped} says why a search ended early. After an interrupt the thread is
     *     still marked as interrupted.
     */
    public Findings run(Load load) {
        List<Measured> measured = new ArrayList<>();
        long began = ticker.nanos();
        String stopped = null;
        while (stopped == null) {
            Optional<Plan> plan = measured.size() < most() ? planner.next(measured) : Optional.empty();
            if (plan.isEmpty()) {
                break;
            }
            stopped = outOfTime(measured.size(), ticker.nanos() - began);
            if (stopped == null) {
                stopped = measure(load, plan.get(), measured);
            }
        }
        return new Judge(goal, measured, stopped).findings(cost(measured.size()));
    }

    private int most() {
        return limits.measurements(goal);
    }

    private Duration cost(int measurements) {
        return limits.effort().total().multipliedBy(measurements);
    }

    private @Nullable String outOfTime(int measurements, long nanos) {
        Duration passed = Duration.ofNanos(Math.max(nanos, cost(measurements).toNanos()));
        if (passed.plus(longest).compareTo(limits.maxTime()) <= 0) {
            return null;
        }
        return "the time is up: after " + Words.duration(passed) + " another measurement of " + Words.duration(longest)
                + " would exceed " + Words.duration(limits.maxTime());
    }

    private @Nullable String measure(Load load, Plan plan, List<Measured> measured) {
        listener.begins(plan);
        long began = ticker.nanos();
        try {
            Measured result = load.measure(plan.size(), limits.effort());
            Duration took = Duration.ofNanos(ticker.nanos() - began);
            longest = took.compareTo(longest) > 0 ? took : longest;
            measured.add(result);
            listener.ended(new SearchStep(
                    measured.size(), most(), plan, result, cost(measured.size()), Judge.best(goal, measured)));
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted while size " + plan.size() + " was measured";
        } catch (LoadStoppedException e) {
            return Objects.requireNonNullElse(e.getMessage(), "the load must not go on");
        }
    }
}
