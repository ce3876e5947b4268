package dev.penstock.tools.budget.yaml;

import dev.penstock.budget.InvalidBudgetException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * The fields of one mapping. A field that is refused is noted, and something stands in for it until {@link #make}, which
 * makes nothing then: so one reading finds all problems that do not depend on each other.
 */
final class Fields {
    private final String path;
    private final Node node;
    private final Problems problems;
    private final int problemsBefore;
    private final Map<String, Node> values = new LinkedHashMap<>();

    private Fields(String path, Node node, Problems problems) {
        this.path = path;
        this.node = node;
        this.problems = problems;
        this.problemsBefore = problems.count();
    }

    /** Of that part of the file, which must be a mapping with no other keys than those; empty if it is none. */
    static Optional<Fields> of(String path, Node node, List<String> known, Problems problems) {
        problems.locate(path, node);
        if (!(node instanceof MappingNode mapping)) {
            problems.add(node, named(path) + " must be a mapping, but was " + Values.shown(node));
            return Optional.empty();
        }
        Fields fields = new Fields(path, node, problems);
        mapping.getValue().forEach(tuple -> fields.take(tuple, known));
        return Optional.of(fields);
    }

    private void take(NodeTuple tuple, List<String> known) {
        Node key = tuple.getKeyNode();
        String name = key instanceof ScalarNode scalar ? scalar.getValue() : Values.shown(key);
        if (!known.contains(name)) {
            problems.add(
                    key,
                    named(path) + " must have no other fields than " + String.join(", ", known) + ", but has '" + name
                            + "'");
        } else if (values.putIfAbsent(name, tuple.getValueNode()) != null) {
            problems.add(key, Problems.path(path, name) + " must be given once, but is given again");
        } else {
            problems.locate(Problems.path(path, name), tuple.getValueNode());
        }
    }

    private static String named(String path) {
        return path.isEmpty() ? "a plan" : path;
    }

    boolean has(String field) {
        return values.containsKey(field);
    }

    /** A text that must be given. */
    String text(String field) {
        Node value = required(field);
        return value == null ? "" : scalar(field, value, "must be a text").orElse("");
    }

    /** A text that may be left out. */
    @Nullable String textOrNull(String field) {
        return has(field) ? text(field) : null;
    }

    private Optional<String> scalar(String field, Node value, String rule) {
        Optional<String> text = Values.text(value);
        if (text.isEmpty()) {
            refuse(field, value, rule);
        }
        return text;
    }

    /** A number that must be given. */
    int number(String field) {
        Node value = required(field);
        return value == null ? 0 : number(field, value, Values.WHOLE_NUMBER);
    }

    /** A number that may be left out. */
    int number(String field, int otherwise) {
        return has(field) ? number(field) : otherwise;
    }

    /** A number that may be left out, or a word for one. */
    int number(String field, String word, int meaning, int otherwise) {
        Node value = values.get(field);
        if (value == null) {
            return otherwise;
        }
        boolean isWord = value instanceof ScalarNode scalar && scalar.getValue().equals(word);
        return isWord ? meaning : number(field, value, Values.WHOLE_NUMBER + ", or " + word);
    }

    private int number(String field, Node value, String rule) {
        OptionalInt number = Values.wholeNumber(value);
        if (number.isEmpty()) {
            refuse(field, value, rule);
        }
        return number.orElse(0);
    }

    /** A number that is not a field of a mapping but stands for one; what is made of it may be refused. */
    static <T> Optional<T> ofNumber(String path, Node node, Problems problems, IntFunction<T> maker) {
        OptionalInt number = Values.wholeNumber(node);
        if (number.isEmpty()) {
            problems.add(node, path + " " + Values.WHOLE_NUMBER + ", or a mapping, but was " + Values.shown(node));
            return Optional.empty();
        }
        return made(path, node, problems, () -> maker.apply(number.getAsInt()));
    }

    /** Likewise of a text. */
    static <T> Optional<T> ofText(String path, Node node, Problems problems, Function<String, T> maker) {
        String text = Values.text(node).orElseGet(() -> Values.shown(node));
        return made(path, node, problems, () -> maker.apply(text));
    }

    private static <T> Optional<T> made(String path, Node node, Problems problems, Supplier<T> maker) {
        try {
            return Optional.of(maker.get());
        } catch (InvalidBudgetException refused) {
            problems.add(node, path + " " + refused.rule() + ", but was " + refused.value());
            return Optional.empty();
        }
    }

    /** Two numbers of which either says too little without the other. */
    void together(String one, String other) {
        require(one, other);
        require(other, one);
    }

    private void require(String missing, String with) {
        Node given = values.get(with);
        if (given != null && !has(missing)) {
            problems.add(given, Problems.path(path, missing) + " must be given together with " + with);
        }
    }

    /** Something that is read by somebody else; empty if it is left out. */
    <T> Optional<T> optionalPart(String field, BiFunction<String, Node, Optional<T>> read) {
        Node value = values.get(field);
        return value == null ? Optional.empty() : read.apply(Problems.path(path, field), value);
    }

    /** The same with a default. */
    <T> T part(String field, T otherwise, BiFunction<String, Node, Optional<T>> read) {
        return optionalPart(field, read).orElse(otherwise);
    }

    /** The same that must be given. */
    <T> T requiredPart(String field, T standIn, BiFunction<String, Node, Optional<T>> read) {
        required(field);
        return part(field, standIn, read);
    }

    /** A list that may be left out; of what cannot be read there is nothing in it. */
    <T> List<T> list(String field, BiFunction<String, Node, Optional<T>> read) {
        Node value = values.get(field);
        List<T> list = new ArrayList<>();
        if (value instanceof SequenceNode sequence) {
            List<Node> entries = sequence.getValue();
            for (int i = 0; i < entries.size(); i++) {
                read.apply(Problems.path(path, field) + "[" + i + "]", entries.get(i))
                        .ifPresent(list::add);
            }
        } else if (value != null) {
            refuse(field, value, "must be a list");
        }
        return list;
    }

    private @Nullable Node required(String field) {
        Node value = values.get(field);
        if (value == null) {
            problems.add(node, Problems.path(path, field) + " must be given");
        }
        return value;
    }

    private void refuse(String field, Node value, String rule) {
        problems.add(value, Problems.path(path, field) + " " + rule + ", but was " + Values.shown(value));
    }

    /** Makes something of the fields, unless one of them was refused, or is now. */
    <T> Optional<T> make(Supplier<T> maker) {
        if (problems.count() > problemsBefore) {
            return Optional.empty();
        }
        try {
            return Optional.of(maker.get());
        } catch (InvalidBudgetException refused) {
            problems.add(path, refused);
            return Optional.empty();
        }
    }
}
