package dev.penstock.tools.suite.groups;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Figures by name as one JVM prints them for another, line by line. */
final class Printed {
    private static final String MARK = "figure\t";

    private Printed() {}

    static String text(Map<String, Double> figures) {
        return figures.entrySet().stream()
                .map(figure -> MARK + figure.getValue() + "\t" + figure.getKey())
                .collect(Collectors.joining("\n"));
    }

    /**
     * Passes over whatever else was printed.
     *
     * @throws IOException if there is no figure
     */
    static Map<String, Double> parse(String text) throws IOException {
        Map<String, Double> figures = new LinkedHashMap<>();
        text.lines().filter(line -> line.startsWith(MARK)).forEach(line -> {
            String[] cells = line.split("\t", 3);
            figures.put(cells[2], Double.parseDouble(cells[1]));
        });
        if (figures.isEmpty()) {
            throw new IOException("the fork must print figures, but printed '" + text.strip() + "'");
        }
        return figures;
    }
}
