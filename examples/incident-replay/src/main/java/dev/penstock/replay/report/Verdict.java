package dev.penstock.replay.report;

import java.util.List;

/** All promises of all acts: what they come to. */
public record Verdict(List<Promise> promises) {
    public Verdict {
        promises = List.copyOf(promises);
    }

    /** What all acts of a replay come to. */
    public static Verdict of(List<ActReport> acts) {
        return new Verdict(acts.stream().flatMap(act -> act.promises().stream()).toList());
    }

    public List<Promise> broken() {
        return promises.stream().filter(promise -> !promise.kept()).toList();
    }

    /** 0 when every promise was kept, else 1; a replay without any promise has shown nothing. */
    public int exitCode() {
        return !promises.isEmpty() && broken().isEmpty() ? 0 : 1;
    }

    /** One line for each broken promise, or one line in all. */
    public List<String> lastLines() {
        if (promises.isEmpty()) {
            return List.of("BROKEN: nothing was measured");
        }
        if (broken().isEmpty()) {
            return List.of("All " + promises.size() + " promises were kept.");
        }
        return broken().stream().map(Verdict::accusation).toList();
    }

    private static String accusation(Promise promise) {
        return "BROKEN: " + promise.text() + ": " + promise.measured() + ", limit " + promise.limit();
    }

    public Table table() {
        Table table = new Table("promise", "measured", "limit", "kept");
        promises.forEach(promise ->
                table.row(promise.text(), promise.measured(), promise.limit(), promise.kept() ? "yes" : "NO"));
        return table;
    }
}
