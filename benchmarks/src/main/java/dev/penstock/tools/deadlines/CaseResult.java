package dev.penstock.tools.deadlines;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** All runs of one case, those that were in doubt and repeated included. Not thread-safe. */
final class CaseResult {
    private final FaultCase fault;
    private final List<CaseRun> counted = new ArrayList<>();
    private final List<CaseRun> doubtful = new ArrayList<>();
    private Verdict verdict = Verdict.KEPT;

    CaseResult(FaultCase fault) {
        this.fault = fault;
    }

    /** A run that is to be repeated; it is reported and does not count. */
    void doubt(CaseRun run) {
        doubtful.add(run);
    }

    /** A run that counts; the worst verdict is the case's. */
    void count(CaseRun run, Verdict judged) {
        counted.add(run);
        if (verdict != Verdict.WRONG && judged != Verdict.KEPT) {
            verdict = judged;
        }
    }

    FaultCase fault() {
        return fault;
    }

    Verdict verdict() {
        return verdict;
    }

    boolean kept() {
        return verdict == Verdict.KEPT;
    }

    List<CaseRun> counted() {
        return List.copyOf(counted);
    }

    List<CaseRun> doubtful() {
        return List.copyOf(doubtful);
    }

    /** The run to show: a wrong one if there is any, else the one with the largest overshoot. */
    CaseRun worst() {
        return counted.stream()
                .max(Comparator.<CaseRun, Boolean>comparing(run -> run.wrong().isPresent())
                        .thenComparing(CaseRun::overshootNanos))
                .orElseThrow();
    }
}
