package dev.penstock.tools.tune.report;

import dev.penstock.tools.tune.search.Findings;
import dev.penstock.tools.tune.search.Goal;
import dev.penstock.tools.tune.search.Recommendation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The recommendation in sentences. */
final class Verdicts {
    private final Findings findings;
    private final Recommendation recommendation;

    Verdicts(Findings findings) {
        this.findings = findings;
        this.recommendation = findings.recommendation();
    }

    /** Without a full stop, for a heading. */
    String title() {
        Integer size = recommendation.size();
        return switch (recommendation.verdict()) {
            case FOUND -> "Recommended pool size: " + (size == null ? "none" : size);
            case CAPPED ->
                size == null
                        ? "Throughput still rises at the largest size that was looked at"
                        : "Recommended pool size: " + size + ", as far as was looked";
            case POOL_IS_NOT_THE_BOTTLENECK ->
                "The pool is not the bottleneck" + (size == null ? "" : ": " + connections(size) + " will do");
            case TARGET_OUT_OF_REACH -> "No pool size meets the latency target";
            case UNDECIDED -> "Too little was measured to recommend a size";
        };
    }

    /** What the verdict means, how sure it is, and why the search ended early if it did; a sentence each. */
    List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        sentences.add(meaning());
        if (recommendation.size() != null && recommendation.least() >= 1) {
            sentences.add(confidence());
        }
        if (findings.stopped() != null) {
            sentences.add("The search ended before it was through: " + sentence(findings.stopped()));
        }
        return sentences;
    }

    private String meaning() {
        return switch (recommendation.verdict()) {
            case FOUND -> "It is the smallest size that comes " + goal() + ".";
            case CAPPED ->
                "Throughput was still rising when the largest allowed size, or the time, put an end to the search:"
                        + " a larger pool may do better.";
            case POOL_IS_NOT_THE_BOTTLENECK -> "More connections change nothing: what limits is elsewhere.";
            case TARGET_OUT_OF_REACH -> "No size that was looked at comes " + goal() + ".";
            case UNDECIDED -> "Give the search more time (--max-time), or see below what ended it.";
        };
    }

    /** What was looked for. */
    private String goal() {
        Goal goal = findings.goal();
        String near = "within " + Numbers.percent(goal.within()) + " of the best throughput";
        return goal.p99() == null ? near : near + " with a p99 of at most " + Ascii.time(goal.p99());
    }

    private String confidence() {
        int least = recommendation.least();
        int most = recommendation.most();
        return least >= most
                ? "With 95 % confidence it is exactly this size."
                : "With 95 % confidence that size is between " + least + " and " + most + ".";
    }

    private static String connections(int size) {
        return size == 1 ? "1 connection" : size + " connections";
    }

    private static String sentence(String text) {
        return text.endsWith(".") ? text : text + ".";
    }

    /** Why, as they stand in a list: each begins with a capital letter and ends with a full stop. */
    List<String> reasons() {
        return recommendation.reasons().stream()
                .filter(reason -> !reason.isBlank())
                .map(reason -> sentence(capital(reason)))
                .toList();
    }

    private static String capital(String text) {
        int second = text.offsetByCodePoints(0, 1);
        return text.substring(0, second).toUpperCase(Locale.ROOT) + text.substring(second);
    }
}
