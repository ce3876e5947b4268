package dev.penstock.tools.budget.yaml;

import java.util.Optional;
import java.util.OptionalInt;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** What a node is as a text or as a number. */
final class Values {
    /** No bound of a plan is larger; what is larger is in no range. */
    private static final int MOST = 1_000_000_000;

    static final String WHOLE_NUMBER = "must be a whole number, at most " + MOST;

    private static final String DIGITS = "-?(0|[1-9][0-9]{0,9})";

    private Values() {}

    /** Empty for null, a list and a mapping. */
    static Optional<String> text(Node node) {
        return node instanceof ScalarNode scalar && !isNull(scalar) ? Optional.of(scalar.getValue()) : Optional.empty();
    }

    /** In quotation marks it is a text, and with a leading zero it may be meant as octal. */
    static OptionalInt wholeNumber(Node node) {
        if (node instanceof ScalarNode scalar
                && scalar.isPlain()
                && scalar.getValue().matches(DIGITS)) {
            long number = Long.parseLong(scalar.getValue());
            return Math.abs(number) <= MOST ? OptionalInt.of((int) number) : OptionalInt.empty();
        }
        return OptionalInt.empty();
    }

    /** For a message. */
    static String shown(Node node) {
        if (node instanceof ScalarNode scalar) {
            return isNull(scalar) ? "nothing" : scalar.isPlain() ? scalar.getValue() : "'" + scalar.getValue() + "'";
        }
        return node instanceof SequenceNode ? "a list" : "a mapping";
    }

    private static boolean isNull(ScalarNode scalar) {
        return scalar.getTag().equals(Tag.NULL);
    }
}
