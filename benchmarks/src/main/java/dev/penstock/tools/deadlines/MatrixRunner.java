package dev.penstock.tools.deadlines;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Runs all cases: most of them side by side, because they do little but wait; crowds alone; and then once more, alone
 * and at most three times, each case that was in doubt because the machine had stalled.
 *
 * <p>What a stall excuses is limited on purpose. A promise that is broken on a machine that did not stall is broken,
 * whatever later runs say; and after three repetitions, with nothing else running, a stall is no excuse either.
 */
final class MatrixRunner {
    static final int MAX_REPEATS = 3;

    private final CaseRunner runner;
    private final Duration limit;
    private final PrintWriter progress;
    private final Map<FaultCase, CaseResult> results = new LinkedHashMap<>();
    private final List<FaultCase> toRepeat = new ArrayList<>();
    private int done;
    private long reportedAt = System.nanoTime();

    /**
     * @param limit by how much a connect may overshoot its deadline
     * @param progress a line now and then
     */
    MatrixRunner(CaseRunner runner, Duration limit, PrintWriter progress) {
        this.runner = runner;
        this.limit = limit;
        this.progress = progress;
    }

    /** Runs each case {@code rounds} times, up to {@code parallel} at once; one result per case, in their order. */
    List<CaseResult> run(List<FaultCase> cases, int rounds, int parallel) throws Exception {
        List<FaultCase> runs = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            runs.addAll(cases);
        }
        cases.forEach(fault -> results.put(fault, new CaseResult(fault)));
        sideBySide(runs.stream().filter(fault -> !fault.isCrowd()).toList(), parallel, runs.size());
        for (FaultCase crowd : runs.stream().filter(FaultCase::isCrowd).toList()) {
            judge(runner.run(crowd));
            report(runs.size());
        }
        toRepeat.forEach(fault -> progress.println("  in doubt, the machine stalled: " + fault.name()));
        for (FaultCase fault : toRepeat) {
            repeat(fault);
        }
        return List.copyOf(results.values());
    }

    private void sideBySide(List<FaultCase> runs, int parallel, int all) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(parallel, MatrixRunner::daemon);
        try {
            ExecutorCompletionService<CaseRun> finished = new ExecutorCompletionService<>(pool);
            runs.forEach(fault -> finished.submit(() -> runner.run(fault)));
            for (int i = 0; i < runs.size(); i++) {
                judge(result(finished));
                report(all);
            }
        } finally {
            pool.shutdownNow();
            boolean unused = pool.awaitTermination(1, TimeUnit.SECONDS);
        }
    }

    private static CaseRun result(ExecutorCompletionService<CaseRun> finished) throws Exception {
        try {
            return finished.take().get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "case-runner");
        thread.setDaemon(true);
        return thread;
    }

    private void judge(CaseRun run) {
        Verdict verdict = Verdict.of(run, limit, false);
        if (verdict == Verdict.DOUBTFUL) {
            resultOf(run.fault()).doubt(run);
            toRepeat.add(run.fault());
        } else {
            resultOf(run.fault()).count(run, verdict);
        }
    }

    private void repeat(FaultCase fault) throws Exception {
        for (int i = 1; i <= MAX_REPEATS; i++) {
            CaseRun run = runner.run(fault);
            Verdict verdict = Verdict.of(run, limit, i == MAX_REPEATS);
            if (verdict != Verdict.DOUBTFUL) {
                resultOf(fault).count(run, verdict);
                return;
            }
            resultOf(fault).doubt(run);
        }
    }

    private CaseResult resultOf(FaultCase fault) {
        CaseResult result = results.get(fault);
        if (result == null) {
            throw new IllegalStateException("not a case of this matrix: " + fault.name());
        }
        return result;
    }

    private void report(int all) {
        done++;
        long now = System.nanoTime();
        if (done == all || now - reportedAt > TimeUnit.SECONDS.toNanos(2)) {
            reportedAt = now;
            progress.println("  " + done + " of " + all + " runs");
            progress.flush();
        }
    }
}
