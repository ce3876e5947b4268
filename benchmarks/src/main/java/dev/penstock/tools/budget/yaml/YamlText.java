package dev.penstock.tools.budget.yaml;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * From text to a tree: one document of mappings, lists and plain values. What YAML can do beyond that, and what makes
 * small files large or says less than it seems to, is refused: anchors, aliases, tags.
 */
final class YamlText {
    /** A plan has four levels. The library descends by recursion, so that very deep files would end it. */
    private static final int DEEPEST = 20;

    /** The library copies all of a long line again for each buffer: with its usual 1024 the longest takes a minute. */
    private static final int BUFFER = 16 * 1024;

    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setSchema(new WithoutMerge())
            .setBufferSize(BUFFER)
            .setCodePointLimit(PlanFile.MOST_BYTES)
            .setAllowDuplicateKeys(true) // these two are refused by Fields, which knows the path
            .setAllowNonScalarKeys(true)
            .build();

    /** YAML 1.2 alone: the library's own takes a key {@code <<} for what it was in 1.1. */
    private static final class WithoutMerge extends CoreSchema {
        @Override
        public ScalarResolver getScalarResolver() {
            return new CoreScalarResolver(false);
        }
    }

    private YamlText() {}

    static Node root(String text, Problems problems) throws BadPlanException {
        checkCharacters(text, problems);
        try {
            check(text, problems);
            Node root = problems.count() > 0
                    ? null
                    : new Compose(SETTINGS).composeString(text).orElse(null);
            if (root != null) {
                return root;
            }
        } catch (MarkedYamlEngineException e) {
            problems.add(e.getProblemMark().or(e::getContextMark), "must be YAML: " + said(e));
        } catch (YamlEngineException e) {
            problems.add(Optional.empty(), "must be YAML: " + e.getMessage());
        }
        if (problems.count() == 0) {
            problems.add(Optional.empty(), "must have a plan, but was empty");
        }
        throw problems.exception();
    }

    /** The library would not say where. */
    private static void checkCharacters(String text, Problems problems) throws BadPlanException {
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int c = text.codePointAt(i);
            if (!StreamReader.isPrintable(c)) {
                String shown = String.format("U+%04X", c);
                problems.add(Problem.at(text, i, "must be YAML, which has no such character, but has " + shown));
                throw problems.exception();
            }
        }
    }

    private static String said(MarkedYamlEngineException e) {
        String context = e.getContext();
        return (context == null || context.isEmpty() ? "" : context + ", ") + e.getProblem();
    }

    /** Before anything is made of it. Stops at the first refusal. */
    private static void check(String text, Problems problems) {
        int documents = 0;
        int depth = 0;
        for (Event event : new Parse(SETTINGS).parseString(text)) {
            if (event instanceof DocumentStartEvent) {
                documents++;
            } else if (event instanceof CollectionStartEvent) {
                depth++;
            } else if (event instanceof CollectionEndEvent) {
                depth--;
            }
            String refusal = documents > 1 ? "must be one document, but here another begins" : refusal(event, depth);
            if (refusal != null) {
                problems.add(event.getStartMark(), refusal);
                return;
            }
        }
    }

    private static @Nullable String refusal(Event event, int depth) {
        if (depth > DEEPEST) {
            return "must have at most " + DEEPEST + " levels, but here the next begins";
        }
        if (event instanceof AliasEvent alias) {
            return "must not have aliases, but has *" + alias.getAlias().getValue() + ": repeat what it stands for";
        }
        if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
            return "must not have anchors, but has &" + node.getAnchor().get().getValue();
        }
        Optional<String> tag = tag(event);
        return tag.isEmpty() ? null : "must not have tags, but has " + tag.get();
    }

    private static Optional<String> tag(Event event) {
        if (event instanceof ScalarEvent scalar) {
            return scalar.getTag();
        }
        return event instanceof CollectionStartEvent collection ? collection.getTag() : Optional.empty();
    }
}
