package dev.penstock.tools.suite;

import dev.penstock.lab.stats.Interval;
import dev.penstock.tools.report.TextTable;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The columns of a group's table, to be written and to be read. */
final class FigureTable {
    private static final String NONE = "-";
    private static final String KEPT = ": kept";
    private static final String BROKEN = ": BROKEN";
    private static final String NUMBER = "-?\\d+(?:\\.\\d+)?";
    private static final Pattern PLAIN = Pattern.compile("(" + NUMBER + ")");
    private static final Pattern WITH_UNIT = Pattern.compile("(" + NUMBER + ") (\\S+)");
    private static final Pattern ENDS = Pattern.compile("(" + NUMBER + ") to (" + NUMBER + ")");

    private FigureTable() {}

    /** All rows. */
    static TextTable of(List<Figure> figures) {
        TextTable table = new TextTable()
                .text("what")
                .number("ratio")
                .text("95 % of the ratio")
                .number("above")
                .text("95 % of that")
                .number("value")
                .number("B")
                .number("forks")
                .text("promise");
        figures.forEach(figure -> table.row(cells(figure)));
        return table;
    }

    private static String[] cells(Figure figure) {
        Double bytes = figure.bytes();
        Figure.Kept promise = figure.promise();
        return new String[] {
            figure.name(),
            cell(figure.ratio(), ratio -> Digits.text(ratio.estimate())),
            cell(figure.ratio(), Digits::ends),
            cell(figure.above(), above -> Digits.text(above.estimate()) + " " + figure.unit()),
            cell(figure.above(), Digits::ends),
            Digits.text(figure.value()) + " " + figure.unit(),
            bytes == null ? NONE : Digits.text(bytes),
            Integer.toString(figure.forks()),
            promise == null ? NONE : promise.text() + (promise.kept() ? KEPT : BROKEN)
        };
    }

    private static String cell(@Nullable Interval interval, Function<Interval, String> text) {
        return interval == null ? NONE : text.apply(interval);
    }

    /**
     * A row from its cells, which are as many as there are columns.
     *
     * @throws IllegalArgumentException if a cell is not what {@link #of} writes
     */
    static Figure parse(List<String> cells) {
        Matcher value = match("value", WITH_UNIT, cells.get(5));
        String unit = value.group(2);
        return new Figure(
                cells.get(0),
                number(value.group(1)),
                unit,
                interval("ratio", cells.get(1), cells.get(2)),
                interval("above", withoutUnit(cells.get(3), unit), cells.get(4)),
                cells.get(6).equals(NONE)
                        ? null
                        : number(match("B", PLAIN, cells.get(6)).group(1)),
                Integer.parseInt(match("forks", Pattern.compile("(\\d{1,6})"), cells.get(7))
                        .group(1)),
                promise(cells.get(8)));
    }

    private static String withoutUnit(String cell, String unit) {
        return cell.endsWith(" " + unit) ? cell.substring(0, cell.length() - unit.length() - 1) : cell;
    }

    private static @Nullable Interval interval(String column, String estimate, String ends) {
        if (estimate.equals(NONE) && ends.equals(NONE)) {
            return null;
        }
        Matcher both = match("95 % of " + column, ENDS, ends);
        return new Interval(
                number(both.group(1)), number(match(column, PLAIN, estimate).group(1)), number(both.group(2)));
    }

    private static Figure.@Nullable Kept promise(String cell) {
        if (cell.equals(NONE)) {
            return null;
        }
        boolean kept = cell.endsWith(KEPT);
        if (!kept && !cell.endsWith(BROKEN)) {
            throw new IllegalArgumentException("promise must end with 'kept' or 'BROKEN', but was '" + cell + "'");
        }
        return new Figure.Kept(cell.substring(0, cell.length() - (kept ? KEPT : BROKEN).length()), kept);
    }

    private static Matcher match(String column, Pattern form, String cell) {
        Matcher matcher = form.matcher(cell);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(column + " must be as bench writes it, but was '" + cell + "'");
        }
        return matcher;
    }

    private static double number(String digits) {
        return Double.parseDouble(digits);
    }

    /** For a line that says what is wrong with a row. */
    static String sentence(Figure figure) {
        String[] cells = cells(figure);
        boolean hasAbove = figure.above() != null;
        return figure.name() + ": " + (figure.ratio() == null ? cells[5] : cells[1] + " x (95 %: " + cells[2] + ")")
                + (hasAbove ? ", above by " + cells[3] + " (" + cells[4] + ")" : "") + "; "
                + Objects.requireNonNull(figure.promise()).text();
    }
}
