package dev.penstock.tools.outage;

import java.io.IOException;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * What one cell has measured. Times are milliseconds; infinite means never.
 *
 * @param outageMillis how long the database was away
 * @param served borrows served during the outage
 * @param failed borrows that the pool failed during the outage
 * @param dead borrows during the outage that got a connection on which the query failed
 * @param failedAfter borrows that the pool failed afterwards
 * @param deadAfter dead connections lent afterwards
 * @param longestMillis the longest call into the pool
 * @param longestStillRuns whether that call had not come back when the cell ended
 * @param hung callers beyond their limit when the outage ended
 * @param recoveryMillis from then to the first borrow served
 * @param everyoneMillis from then until every caller has been served
 * @param gapMillis the longest time in which nobody was served
 * @param closeMillis how long it took to close the pool afterwards
 * @param threadsLeft threads that there were not before the pool
 * @param threadNames their names, separated by commas
 * @param stallMillis the worst stall of the machine meanwhile
 * @param firstFailure what the pool threw first; empty if nothing
 */
record Figures(
        double outageMillis,
        int served,
        int failed,
        int dead,
        int failedAfter,
        int deadAfter,
        double longestMillis,
        boolean longestStillRuns,
        int hung,
        double recoveryMillis,
        double everyoneMillis,
        double gapMillis,
        double closeMillis,
        int threadsLeft,
        String threadNames,
        double stallMillis,
        String firstFailure) {

    boolean recovered() {
        return recoveryMillis < Double.POSITIVE_INFINITY;
    }

    /** By name, in order: for the JSON, and for the way from the cell to its parent. */
    Map<String, Object> byName() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("outageMillis", outageMillis);
        all.put("served", served);
        all.put("failed", failed);
        all.put("dead", dead);
        all.put("failedAfter", failedAfter);
        all.put("deadAfter", deadAfter);
        all.put("longestMillis", longestMillis);
        all.put("longestStillRuns", longestStillRuns);
        all.put("hung", hung);
        all.put("recoveryMillis", recoveryMillis);
        all.put("everyoneMillis", everyoneMillis);
        all.put("gapMillis", gapMillis);
        all.put("closeMillis", closeMillis);
        all.put("threadsLeft", threadsLeft);
        all.put("threadNames", threadNames);
        all.put("stallMillis", stallMillis);
        all.put("firstFailure", firstFailure);
        return all;
    }

    /** As the cell prints it: one line per figure. */
    String print() {
        return byName().entrySet().stream()
                .map(entry -> entry.getKey() + "=" + oneLine(entry.getValue()) + "\n")
                .collect(Collectors.joining());
    }

    private static String oneLine(Object value) {
        return value.toString().replaceAll("[^ -~]", "?").replace("\\", "\\\\");
    }

    /**
     * Reads what a cell printed.
     *
     * @throws IOException if a figure is missing
     */
    static Figures parse(String printed) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(printed));
        return new Figures(
                number(properties, "outageMillis"),
                (int) number(properties, "served"),
                (int) number(properties, "failed"),
                (int) number(properties, "dead"),
                (int) number(properties, "failedAfter"),
                (int) number(properties, "deadAfter"),
                number(properties, "longestMillis"),
                Boolean.parseBoolean(text(properties, "longestStillRuns")),
                (int) number(properties, "hung"),
                number(properties, "recoveryMillis"),
                number(properties, "everyoneMillis"),
                number(properties, "gapMillis"),
                number(properties, "closeMillis"),
                (int) number(properties, "threadsLeft"),
                text(properties, "threadNames"),
                number(properties, "stallMillis"),
                text(properties, "firstFailure"));
    }

    private static double number(Properties properties, String key) throws IOException {
        return Double.parseDouble(text(properties, key));
    }

    private static String text(Properties properties, String key) throws IOException {
        String text = properties.getProperty(key);
        if (text == null) {
            throw new IOException("the cell printed no " + key + " but only " + properties.stringPropertyNames());
        }
        return text;
    }
}
