package dev.penstock.spring.monitoring;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An expression of PromQL, as far as it names metrics and labels.
 *
 * @param text with variables of Grafana's in it, if it is one of a dashboard
 */
record Expression(String text) {
    private static final Pattern METRIC = Pattern.compile("\\b((?:hikaricp|jdbc|penstock|pg)_[a-z_]+)(?:\\{([^}]*)})?");
    private static final Pattern MATCHER = Pattern.compile("([a-z_]+)(=~|!~|!=|=)\"([^\"]*)\"");
    private static final Pattern LABELS = Pattern.compile("\\b(?:by|without|on|ignoring) \\(([^)]*)\\)");

    /**
     * A condition on a label.
     *
     * @param value a text, a pattern, or a variable of Grafana's
     */
    record Condition(String label, String value) {
        boolean isVariable() {
            return value.startsWith("$");
        }

        Predicate<String> asPredicate() {
            return Pattern.compile(value).asMatchPredicate();
        }
    }

    /** A metric, and what is demanded of its labels. */
    record Selector(String metric, List<Condition> conditions) {}

    List<Selector> selectors() {
        return METRIC.matcher(text)
                .results()
                .map(found -> new Selector(found.group(1), conditions(found.group(2))))
                .toList();
    }

    private static List<Condition> conditions(String matchers) {
        return matchers == null
                ? List.of()
                : MATCHER.matcher(matchers)
                        .results()
                        .map(matcher -> new Condition(matcher.group(1), matcher.group(3)))
                        .toList();
    }

    /** Labels that are grouped or joined by. */
    Set<String> groupings() {
        return LABELS.matcher(text)
                .results()
                .flatMap(found -> Stream.of(found.group(1).split(", ")))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** With something for each variable of Grafana's. */
    String withoutVariables() {
        return text.replace("$__rate_interval", "5m").replaceAll("\\$[a-z]+", ".*");
    }
}
