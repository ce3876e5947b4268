package dev.penstock.tools.outage;

import dev.penstock.lab.postgres.PostgresServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the cells one after the other: side by side they would take time from each other just when the outage ends.
 * A run of ours whose call came too late on a machine that stood still is repeated, three times at most, and shown.
 */
final class OutageRunner {
    static final int MAX_REPEATS = 3;

    private final OutagePlan plan;
    private final PostgresServer server;
    private final PrintWriter progress;
    private int done;

    /** @param progress one line per run */
    OutageRunner(OutagePlan plan, PostgresServer server, PrintWriter progress) {
        this.plan = plan;
        this.server = server;
        this.progress = progress;
    }

    /** One result per cell: by fault, then by pool. */
    List<CellResult> run() throws InterruptedException {
        List<CellResult> results = new ArrayList<>();
        for (Fault fault : plan.faults()) {
            for (PoolKind pool : plan.pools()) {
                CellResult result = new CellResult(pool, fault);
                results.add(result);
                for (int i = 0; i < plan.repeat(); i++) {
                    runOnce(result, plan.outage(fault, i));
                }
            }
        }
        return results;
    }

    private void runOnce(CellResult result, Duration outage) throws InterruptedException {
        done++;
        try {
            for (int repeats = 0; ; repeats++) {
                Figures figures = measure(result.pool(), result.fault(), outage);
                boolean again = repeats < MAX_REPEATS && Promise.doubtful(result.pool(), result.fault(), figures);
                report(result, Words.line(figures) + (again ? "; doubtful, the machine stalled: once more" : ""));
                if (!again) {
                    result.count(figures);
                    return;
                }
                result.doubt(figures);
            }
        } catch (IOException | UncheckedIOException | IllegalStateException e) {
            result.fail(String.valueOf(e.getMessage()));
            report(result, "NOT MEASURED: " + e.getMessage());
        }
    }

    private Figures measure(PoolKind pool, Fault fault, Duration outage) throws IOException, InterruptedException {
        Duration watch = fault.watch(plan.watch());
        try (Stage stage = Stage.of(fault, server);
                CellProcess cell = CellProcess.start(pool, fault, stage, watch)) {
            cell.awaitWarm();
            stage.begin();
            cell.say(CellSignals.FAULT);
            cell.passOutage(outage);
            stage.heal(() -> cell.say(CellSignals.HEALED));
            return cell.awaitFigures(watch);
        }
    }

    private void report(CellResult result, String what) {
        progress.println("[" + done + "/" + plan.runs() + "] " + result.fault().key() + ", "
                + result.pool().title() + ": " + what);
        progress.flush();
    }
}
