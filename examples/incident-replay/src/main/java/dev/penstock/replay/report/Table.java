package dev.penstock.replay.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Aligned columns; the first line is the head. Cells are never cut. Used by one thread. */
public final class Table {
    private static final String GAP = "   ";

    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... head) {
        row(head);
    }

    public Table row(String... cells) {
        if (!rows.isEmpty() && cells.length != rows.get(0).size()) {
            throw new IllegalArgumentException(
                    "a row must have " + rows.get(0).size() + " cells, but was " + List.of(cells));
        }
        rows.add(List.of(cells));
        return this;
    }

    /** For a terminal. */
    public List<String> lines() {
        List<Integer> widths = widths();
        List<String> lines = new ArrayList<>();
        lines.add(aligned(rows.get(0), widths));
        lines.add(aligned(widths.stream().map("-"::repeat).toList(), widths));
        rows.stream().skip(1).forEach(row -> lines.add(aligned(row, widths)));
        return lines;
    }

    /** For a README. */
    public List<String> markdown() {
        List<String> lines = new ArrayList<>();
        lines.add(piped(rows.get(0)));
        lines.add("|---".repeat(rows.get(0).size()) + "|");
        rows.stream().skip(1).forEach(row -> lines.add(piped(row)));
        return lines;
    }

    private List<Integer> widths() {
        return IntStream.range(0, rows.get(0).size())
                .mapToObj(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toList();
    }

    private static String aligned(List<String> cells, List<Integer> widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            line.append(cells.get(i))
                    .append(" ".repeat(widths.get(i) - cells.get(i).length()))
                    .append(GAP);
        }
        return line.toString().stripTrailing();
    }

    private static String piped(List<String> cells) {
        return "| "
                + String.join(
                        " | ",
                        cells.stream().map(cell -> cell.replace("|", "\\|")).toList())
                + " |";
    }
}
