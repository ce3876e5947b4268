package dev.penstock.budget;

import java.util.ArrayList;
import java.util.List;

/**
 * Supply and demand of one place that connections are made to.
 *
 * @param place {@code server}, or the name of a PgBouncer tier, of which the clients are counted
 * @param supply how what is usable comes about
 * @param steady with the replicas that run as a rule
 * @param rollout with as many replicas as the autoscalers make, while new versions are rolled out
 */
public record Balance(String place, List<Term> supply, Moment steady, Moment rollout) {
    /** Copies the list. */
    public Balance {
        supply = List.copyOf(supply);
    }

    /** The worse of the two. */
    public Verdict verdict() {
        return steady.verdict().or(rollout.verdict());
    }

    /**
     * The moment that decides, for example {@code server: 82 of 97 connections at the worst moment of a rollout, tight
     * above 77: TIGHT}.
     */
    public String headline() {
        boolean always = steady.verdict() != Verdict.FITS && steady.verdict() == verdict();
        Moment deciding = always ? steady : rollout;
        return place + ": " + deciding.demand() + " of " + deciding.usable() + " connections "
                + (always ? "in steady state" : "at the worst moment of a rollout") + ", tight above "
                + deciding.threshold() + ": " + deciding.verdict();
    }

    /** Every line of both sums. */
    public List<String> explain() {
        List<String> lines = new ArrayList<>();
        lines.add(place + ": " + verdict());
        lines.add("  supply");
        supply.forEach(term -> lines.add("    " + term));
        explain("steady state", steady, lines);
        explain("worst moment of a rollout", rollout, lines);
        return lines;
    }

    private static void explain(String name, Moment moment, List<String> lines) {
        lines.add("  " + name + ": " + moment);
        moment.terms().forEach(term -> lines.add("    " + term));
    }
}
