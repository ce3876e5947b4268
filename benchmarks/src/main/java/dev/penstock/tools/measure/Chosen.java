package dev.penstock.tools.measure;

import dev.penstock.tools.report.Row;
import dev.penstock.tools.report.RowReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be measured, and where to print it. Lines may be printed by any thread.
 *
 * @param <M> what the measurements are given
 */
public final class Chosen<M> {
    private final List<Measurement<M>> measurements;
    private final boolean quick;
    private final @Nullable Path json;
    private final PrintWriter out;

    Chosen(List<Measurement<M>> measurements, boolean quick, @Nullable Path json, PrintWriter out) {
        this.measurements = measurements;
        this.quick = quick;
        this.json = json;
        this.out = out;
    }

    /** A line above the table. */
    public synchronized void line(String line) {
        out.println(line);
        out.flush();
    }

    /** A line for whoever waits. */
    public void progress(String line) {
        line("  " + line);
    }

    /**
     * One after the other; prints the table, and writes JSON where that is wanted.
     *
     * @return the exit code: 1 if a limit is broken or could not be measured
     */
    public int measure(M means) throws InterruptedException, IOException {
        List<Row> rows = new ArrayList<>();
        for (Measurement<M> measurement : measurements) {
            progress(measurement.name() + " ...");
            rows.addAll(measurement.rows(means));
        }
        RowReport report = new RowReport(quick, rows);
        report.lines().forEach(this::line);
        if (json != null) {
            Files.writeString(json, report.json() + "\n");
        }
        return report.kept() ? 0 : 1;
    }
}
