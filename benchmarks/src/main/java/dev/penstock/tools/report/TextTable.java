package dev.penstock.tools.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A table in plain ASCII, columns as wide as their widest cell, or in Markdown. Not thread-safe. */
public final class TextTable {
    /** Where the cells of a column stand. */
    public enum Align {
        LEFT,
        RIGHT
    }

    private record Column(String title, Align align) {}

    private final List<Column> columns = new ArrayList<>();
    private final List<List<String>> rows = new ArrayList<>();

    /** Adds a column for text. */
    public TextTable text(String title) {
        columns.add(new Column(title, Align.LEFT));
        return this;
    }

    /** Adds a column for numbers. */
    public TextTable number(String title) {
        columns.add(new Column(title, Align.RIGHT));
        return this;
    }

    /** Adds a row; one cell per column. */
    public TextTable row(String... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException("a row must have " + columns.size() + " cells, but had " + cells.length);
        }
        rows.add(List.of(cells));
        return this;
    }

    /** Title line, rule, rows; each line without blanks at its end. */
    public List<String> lines() {
        List<Integer> widths =
                IntStream.range(0, columns.size()).mapToObj(this::width).toList();
        List<String> lines = new ArrayList<>();
        lines.add(line(columns.stream().map(Column::title).toList(), widths));
        lines.add(line(widths.stream().map("-"::repeat).toList(), widths));
        rows.forEach(row -> lines.add(line(row, widths)));
        return lines;
    }

    /** The same for a Markdown file. */
    public List<String> markdown() {
        List<String> lines = new ArrayList<>();
        lines.add(markdown(columns.stream().map(Column::title).toList()));
        lines.add(markdown(columns.stream()
                .map(column -> column.align() == Align.LEFT ? "---" : "---:")
                .toList()));
        rows.forEach(row -> lines.add(markdown(row)));
        return lines;
    }

    private static String markdown(List<String> cells) {
        return cells.stream().map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |"));
    }

    private int width(int column) {
        int title = columns.get(column).title().length();
        return Math.max(
                title,
                rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0));
    }

    private String line(List<String> cells, List<Integer> widths) {
        return IntStream.range(0, cells.size())
                .mapToObj(
                        i -> padded(cells.get(i), widths.get(i), columns.get(i).align()))
                .collect(Collectors.joining("  "))
                .stripTrailing();
    }

    private static String padded(String cell, int width, Align align) {
        String blanks = " ".repeat(width - cell.length());
        return align == Align.LEFT ? cell + blanks : blanks + cell;
    }
}
