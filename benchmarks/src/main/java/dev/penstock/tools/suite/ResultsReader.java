package dev.penstock.tools.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads what {@link ResultsWriter} has written; strictly, because what is misread would be a guard that sleeps. */
final class ResultsReader {
    private static final List<String> FACT_HEAD = ResultsWriter.factTable().markdown();
    private static final List<String> FIGURE_HEAD = FigureTable.of(List.of()).markdown();

    private final List<String> lines;
    private final Map<String, String> facts = new LinkedHashMap<>();
    private final List<GroupResult> groups = new ArrayList<>();
    private int next;

    private ResultsReader(String text) {
        this.lines = text.lines().toList();
    }

    /**
     * Of a file.
     *
     * @throws IOException if it is not there
     * @throws BadResultsException if it is not what was written
     */
    static SuiteReport read(Path file) throws IOException, BadResultsException {
        return read(Files.readString(file));
    }

    /** Of a text. */
    static SuiteReport read(String text) throws BadResultsException {
        ResultsReader reader = new ResultsReader(text);
        try {
            return reader.report();
        } catch (IllegalArgumentException e) {
            throw new BadResultsException(Math.min(reader.next, reader.lines.size()), e);
        }
    }

    private SuiteReport report() {
        require(next().equals(ResultsWriter.TITLE), "must be '" + ResultsWriter.TITLE + "'");
        skipTo(ResultsWriter.FACTS);
        table(FACT_HEAD, cells -> facts.put(cells.get(0), cells.get(1)));
        while (skipBlank()) {
            group();
        }
        require(!groups.isEmpty(), "must be a group");
        return new SuiteReport(effort(), facts, groups);
    }

    private SuiteEffort effort() {
        String mode = Objects.requireNonNullElse(facts.remove(ResultsWriter.MODE), "(none)");
        return Arrays.stream(SuiteEffort.values())
                .filter(effort -> effort.name().toLowerCase(Locale.ROOT).equals(mode))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("mode must be full or quick, but was " + mode));
    }

    private void group() {
        String heading = next();
        require(heading.startsWith("## "), "must be the heading of a group");
        String name = heading.substring(3);
        boolean first = groups.stream().noneMatch(group -> group.group().equals(name));
        require(first, "must be the only heading of its group, but was '" + heading + "'");
        require(skipBlank(), "must be a table");
        if (lines.get(next).startsWith(ResultsWriter.NOT_MEASURED)) {
            groups.add(new GroupResult(name, List.of(), next().substring(ResultsWriter.NOT_MEASURED.length())));
            return;
        }
        List<Figure> figures = new ArrayList<>();
        table(FIGURE_HEAD, cells -> add(FigureTable.parse(cells), figures));
        require(!figures.isEmpty(), "must be followed by a row");
        groups.add(new GroupResult(name, figures, null));
    }

    private static boolean add(Figure figure, List<Figure> figures) {
        String name = figure.name();
        boolean first = figures.stream().noneMatch(other -> other.name().equals(name));
        require(first, "must be the only row of its name, but was '" + name + "'");
        return figures.add(figure);
    }

    /** What is done with the cells of a row. */
    private interface RowReader {
        @Nullable Object row(List<String> cells);
    }

    private void table(List<String> head, RowReader rows) {
        require(skipBlank(), "must be a table");
        for (String line : head) {
            require(next().equals(line), "must be '" + line + "'");
        }
        int columns = cells(head.get(0)).size();
        while (next < lines.size() && lines.get(next).startsWith("|")) {
            List<String> cells = cells(next());
            require(cells.size() == columns, "must have " + columns + " cells");
            Object unused = rows.row(cells);
        }
    }

    private static List<String> cells(String line) {
        if (line.length() < 4 || !line.startsWith("| ") || !line.endsWith(" |")) {
            throw new IllegalArgumentException("a row must begin and end with '|'");
        }
        return Arrays.stream(line.substring(2, line.length() - 2).split(" \\| ", -1))
                .map(cell -> cell.replace("\\|", "|"))
                .toList();
    }

    private void skipTo(String line) {
        while (!next().equals(line)) {
            require(next < lines.size(), "must be followed by '" + line + "'");
        }
    }

    private boolean skipBlank() {
        while (next < lines.size() && lines.get(next).isBlank()) {
            next++;
        }
        return next < lines.size();
    }

    private String next() {
        require(next < lines.size(), "must not be the last");
        return lines.get(next++);
    }

    private static void require(boolean kept, String rule) {
        if (!kept) {
            throw new IllegalArgumentException("the line " + rule);
        }
    }
}
