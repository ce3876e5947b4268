package dev.penstock.tools.budget;

import dev.penstock.tools.report.Json;
import dev.penstock.tools.report.TextTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A result, as headings, lines and tables for people, and the same as fields for programs. Not thread-safe. */
final class Page {
    private final List<String> text = new ArrayList<>();
    private final List<String> markdown = new ArrayList<>();
    private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();

    Page heading(String heading) {
        separate();
        text.add(heading);
        markdown.add("## " + heading);
        markdown.add("");
        return this;
    }

    Page lines(List<String> lines) {
        text.addAll(lines);
        lines.forEach(line -> markdown.add("- " + line.strip()));
        return this;
    }

    Page table(TextTable table) {
        separate();
        text.addAll(table.lines());
        text.add("");
        markdown.addAll(table.markdown());
        markdown.add("");
        return this;
    }

    private void separate() {
        for (List<String> lines : List.of(text, markdown)) {
            if (!lines.isEmpty() && !lines.get(lines.size() - 1).isEmpty()) {
                lines.add("");
            }
        }
    }

    Page field(String name, @Nullable Object value) {
        fields.put(name, value);
        return this;
    }

    Page fields(Map<String, ? extends @Nullable Object> more) {
        fields.putAll(more);
        return this;
    }

    List<String> as(Format format) {
        return switch (format) {
            case JSON -> List.of(Json.of(fields));
            case TABLE -> shown(text);
            case MARKDOWN -> shown(markdown);
        };
    }

    /** Names of a server's roles and databases may have characters that a terminal obeys. */
    private static List<String> shown(List<String> lines) {
        List<String> shown = new ArrayList<>();
        lines.forEach(line -> shown.add(line.replaceAll("\\p{Cntrl}", "?")));
        while (!shown.isEmpty() && shown.get(shown.size() - 1).isEmpty()) {
            shown.remove(shown.size() - 1);
        }
        return shown;
    }
}
