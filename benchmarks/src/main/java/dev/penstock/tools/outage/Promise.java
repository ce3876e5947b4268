package dev.penstock.tools.outage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is promised for Penstock. Other pools are shown, not judged. */
final class Promise {
    /** A stall of the machine above this makes a call that came too late doubtful. */
    static final Duration STALL = Duration.ofMillis(50);

    /** After a silent peer, median and worst. */
    static final double RECOVERY_MEDIAN_MILLIS = 1_500;

    static final double RECOVERY_WORST_MILLIS = 3_000;

    /** Runs that make a median: of fewer, one that came late by chance would decide it. The worst always counts. */
    static final int MEDIAN_OF = 5;

    private Promise() {}

    /** What of it was broken, one line each; empty if nothing was or nothing was promised. */
    static List<String> broken(CellResult result) {
        List<String> broken = new ArrayList<>();
        if (!result.pool().ours()) {
            return broken;
        }
        if (result.failure() != null || result.counted().isEmpty()) {
            broken.add("could not be measured: " + result.failure());
            return broken;
        }
        result.counted().forEach(run -> judge(result.fault(), run, broken));
        judgeRecovery(result, broken);
        return broken;
    }

    private static void judge(Fault fault, Figures run, List<String> broken) {
        double most = mostMillis(fault);
        if (run.longestMillis() > most) {
            broken.add(
                    String.format(Locale.ROOT, "a call took %.0f ms, %.0f ms are allowed", run.longestMillis(), most));
        }
        if (run.hung() > 0) {
            broken.add(run.hung() + " callers hung at the end of the outage");
        }
        if (!run.recovered()) {
            broken.add("nobody was served afterwards");
        }
        if (fault == Fault.RESTART && run.failed() + run.failedAfter() > 0) {
            broken.add(run.failed() + run.failedAfter() + " borrows failed, none may");
        }
    }

    private static void judgeRecovery(CellResult result, List<String> broken) {
        if (result.fault() != Fault.SILENT) {
            return;
        }
        double median = result.median(Figures::recoveryMillis);
        double worst = result.worst(Figures::recoveryMillis);
        boolean medianCounts = result.counted().size() >= MEDIAN_OF;
        if ((medianCounts && median > RECOVERY_MEDIAN_MILLIS) || worst > RECOVERY_WORST_MILLIS) {
            broken.add(String.format(
                    Locale.ROOT,
                    "served again after %.0f ms (median) and %.0f ms (worst), %.0f and %.0f are allowed",
                    median,
                    worst,
                    RECOVERY_MEDIAN_MILLIS,
                    RECOVERY_WORST_MILLIS));
        }
    }

    /** Whether a call came too late only because the machine itself stood still: says nothing, to be repeated. */
    static boolean doubtful(PoolKind pool, Fault fault, Figures run) {
        double most = mostMillis(fault);
        return pool.ours()
                && run.longestMillis() > most
                && run.stallMillis() > STALL.toMillis()
                && run.longestMillis() - run.stallMillis() <= most;
    }

    private static double mostMillis(Fault fault) {
        Duration limit = fault.defaults() ? PoolKind.PENSTOCK.defaultLimit() : Limits.CALLER;
        return limit == null
                ? Double.POSITIVE_INFINITY
                : limit.plus(Limits.TOLERANCE).toMillis();
    }
}
