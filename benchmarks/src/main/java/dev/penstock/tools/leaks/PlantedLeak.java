package dev.penstock.tools.leaks;

import dev.penstock.LeaseReport;
import dev.penstock.SessionActivity;
import dev.penstock.tools.leaks.Leaker.Leak;
import dev.penstock.tools.report.Row;
import dev.penstock.tools.report.RowVerdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * One place leaks now and then while others borrow: at which occurrence the report says where. The first is what it is;
 * its report has all the rest. Each trial has a pool of its own, that knows nothing yet.
 */
final class PlantedLeak {
    private static final Duration SUSPECT_AFTER = Duration.ofMillis(100);
    private static final int PARALLEL = 8;
    private static final int FAST = 50_000;
    private static final int FAST_THREADS = 4;
    private static final int MOST_OCCURRENCES = 20;

    /** Between two occurrences, at most. */
    private static final int PAUSE_MILLIS = 300;

    private PlantedLeak() {}

    /**
     * What came of one.
     *
     * @param foundAt number of the occurrence whose report had the right stack; more than all if none had
     * @param firstIsWhole whether the first report had thread, process, activity and live stack
     * @param rate borrows per second meanwhile
     */
    record Trial(int foundAt, boolean firstIsWhole, double rate) {}

    static List<Row> rows(Means means) throws Exception {
        List<Row> rows = new ArrayList<>();
        rows.addAll(rows(means, 100, 1, 2, means.plan().trials(), PARALLEL));
        rows.addAll(rows(means, 1_000, 1, 2, means.plan().trials(), PARALLEL));
        rows.addAll(
                rows(means, FAST, FAST_THREADS, MOST_OCCURRENCES, means.plan().fastTrials(), 1));
        return rows;
    }

    private static List<Row> rows(Means means, int rate, int threads, int occurrences, int count, int parallel)
            throws Exception {
        List<Trial> trials = new ArrayList<>();
        ExecutorService workers = Executors.newFixedThreadPool(parallel);
        try {
            List<Future<Trial>> futures = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                Random random = new Random(means.seed() + i);
                futures.add(workers.submit(() -> trial(means, rate, threads, occurrences, random)));
            }
            for (Future<Trial> future : futures) {
                trials.add(future.get());
            }
        } finally {
            workers.shutdownNow();
        }
        means.progress().accept(rate + "/s: done");
        return List.of(found(rate, occurrences, trials), whole(rate, trials));
    }

    private static Trial trial(Means means, int rate, int threads, int occurrences, Random random) throws Exception {
        try (WatchedPool pool = WatchedPool.open(means.server(), threads + occurrences, SUSPECT_AFTER);
                Leaker leaker = new Leaker(pool.dataSource(), "leaker");
                Load load = new Load(pool.dataSource(), rate, threads)) {
            Thread.sleep(random.nextInt(PAUSE_MILLIS));
            Leak first = leaker.leak();
            LeaseReport report =
                    pool.reports().await(first.pid(), first.thread()).report();
            boolean isWhole = isWhole(report, first);
            int foundAt = Leaker.isSite(report.lease().borrowStack()) ? 1 : later(pool, leaker, occurrences, random);
            return new Trial(foundAt, isWhole, load.rate());
        }
    }

    /** One after the other, not waiting for the report of the one before. */
    private static int later(WatchedPool pool, Leaker leaker, int occurrences, Random random) throws Exception {
        List<Leak> leaks = new ArrayList<>();
        for (int i = 2; i <= occurrences; i++) {
            Thread.sleep(random.nextInt(PAUSE_MILLIS));
            leaks.add(leaker.leak());
        }
        for (int i = 0; i < leaks.size(); i++) {
            Leak leak = leaks.get(i);
            LeaseReport report = pool.reports().await(leak.pid(), leak.thread()).report();
            if (Leaker.isSite(report.lease().borrowStack())) {
                return i + 2;
            }
        }
        return occurrences + 1;
    }

    private static boolean isWhole(LeaseReport report, Leak leak) {
        return report.lease().thread().name().equals(leak.thread())
                && report.lease().thread().alive()
                && report.lease().backendPid() == leak.pid()
                && report.lease().activity().kind() == SessionActivity.Kind.IDLE
                && !report.liveStack().isEmpty();
    }

    private static Row found(int rate, int occurrences, List<Trial> trials) {
        long found =
                trials.stream().filter(trial -> trial.foundAt() <= occurrences).count();
        int[] at = trials.stream().mapToInt(Trial::foundAt).sorted().toArray();
        double slowest = trials.stream().mapToDouble(Trial::rate).min().orElse(0);
        long needed = (long) Math.ceil(trials.size() * 0.99);
        return Row.of(
                        "right stack by occurrence " + occurrences + ", " + rate + " borrows/s",
                        found + " of " + trials.size(),
                        needed + " of " + trials.size(),
                        RowVerdict.of(found >= needed))
                .with(List.of(String.format(
                        Locale.ROOT,
                        "occurrence: median %d, worst %d; slowest trial ran %.0f borrows/s",
                        at[at.length / 2],
                        at[at.length - 1],
                        slowest)))
                .with(Map.of("found", found, "trials", trials.size(), "worst", at[at.length - 1], "rate", slowest));
    }

    private static Row whole(int rate, List<Trial> trials) {
        long whole = trials.stream().filter(Trial::firstIsWhole).count();
        return Row.of(
                "first report with thread, pid, activity, live stack, " + rate + " borrows/s",
                whole + " of " + trials.size(),
                "all",
                RowVerdict.of(whole == trials.size()));
    }
}
