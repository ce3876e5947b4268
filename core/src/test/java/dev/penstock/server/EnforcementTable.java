package dev.penstock.server;

import dev.penstock.SessionLimit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The table in {@code docs/timeouts.md}: what was measured, row by row. */
final class EnforcementTable {
    private static final Path DOC = Path.of("..", "docs", "timeouts.md");
    private static final String HEADER =
            "| limit | PostgreSQL | by way of | enforced by | SQLState | connection survives |";

    private EnforcementTable() {}

    /** {@code -Dpenstock.docs.regenerate=true} writes what is measured instead of comparing it. */
    static boolean isToBeWritten() {
        return Boolean.getBoolean("penstock.docs.regenerate");
    }

    /** One row; its first three cells say which one it is. */
    static String row(String limit, int major, String way, String by, String sqlState, boolean survives) {
        return prefix(limit, major, way) + by + " | " + sqlState + " | " + (survives ? "yes" : "no") + " |";
    }

    private static String prefix(String limit, int major, String way) {
        return "| `" + limit + "` | " + major + " | " + way + " | ";
    }

    /** The row as it is in the file; empty if it is not. */
    static String documented(String limit, int major, String way) throws IOException {
        String prefix = prefix(limit, major, way);
        return Files.readAllLines(DOC).stream()
                .filter(line -> line.startsWith(prefix))
                .findFirst()
                .orElse("");
    }

    /** Puts it in its place. */
    static synchronized void write(String row, String limit, int major, String way) throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(DOC));
        List<String> rows = lines.subList(lines.indexOf(HEADER) + 2, end(lines));
        rows.removeIf(line -> line.startsWith(prefix(limit, major, way)));
        rows.add(row);
        rows.sort(Comparator.comparingInt(EnforcementTable::limitOf).thenComparing(line -> line));
        Files.write(DOC, lines);
    }

    private static int limitOf(String row) {
        SessionLimit[] limits = SessionLimit.values();
        int i = 0;
        while (i < limits.length && !row.startsWith("| `" + limits[i].setting().replace("penstock.session.", ""))) {
            i++;
        }
        return i;
    }

    private static int end(List<String> lines) {
        int at = lines.indexOf(HEADER);
        while (at < lines.size() && lines.get(at).startsWith("|")) {
            at++;
        }
        return at;
    }

    static int rows() throws IOException {
        List<String> lines = Files.readAllLines(DOC);
        return end(lines) - lines.indexOf(HEADER) - 2;
    }
}
