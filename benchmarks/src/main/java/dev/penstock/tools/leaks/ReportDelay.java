package dev.penstock.tools.leaks;

import dev.penstock.lab.Await;
import dev.penstock.tools.leaks.Leaker.Leak;
import dev.penstock.tools.report.Row;
import dev.penstock.tools.report.RowVerdict;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** From the moment at which a lease could be suspect to the moment at which a listener is told. */
final class ReportDelay {
    private static final Duration SUSPECT_AFTER = Duration.ofMillis(700); // no multiple of the sweeper's tick
    private static final long LIMIT = TimeUnit.SECONDS.toNanos(1);
    private static final int AT_ONCE = 10;
    private static final int PAUSE_MILLIS = 150;

    private ReportDelay() {}

    /** One way to leak. */
    private interface Way {
        Leak leak(WatchedPool pool, Leaker leaker, List<Connection> held) throws Exception;
    }

    static List<Row> rows(Means means) throws Exception {
        return List.of(
                row(means, "borrowed and left", (pool, leaker, held) -> leaker.leak()),
                row(means, "left after a statement", (pool, leaker, held) -> leaker.leakAfterStatement()),
                row(
                        means,
                        "borrower ended",
                        (pool, leaker, held) -> Leaker.leakAndDie(pool.dataSource(), "mortal", held)));
    }

    private static Row row(Means means, String name, Way way) throws Exception {
        List<Long> delays = new ArrayList<>();
        Random random = new Random(means.seed());
        try (WatchedPool pool = WatchedPool.open(means.server(), AT_ONCE, SUSPECT_AFTER)) {
            while (delays.size() < means.plan().delays()) {
                delays.addAll(batch(pool, way, random));
            }
        }
        long worst = delays.stream().mapToLong(Long::longValue).max().orElseThrow();
        long least = delays.stream().mapToLong(Long::longValue).min().orElseThrow();
        means.progress().accept(name + ": " + millis(worst));
        return Row.of(
                        "from threshold to report: " + name,
                        "worst " + millis(worst) + " of " + delays.size(),
                        "1000 ms, never early",
                        RowVerdict.of(worst <= LIMIT && least >= 0))
                .with(List.of("soonest " + millis(least)))
                .with(Map.of("worstMillis", worst / 1e6, "leastMillis", least / 1e6, "leaks", delays.size()));
    }

    private static List<Long> batch(WatchedPool pool, Way way, Random random) throws Exception {
        List<Long> delays = new ArrayList<>();
        List<Connection> held = new ArrayList<>();
        int before = pool.reports().all().size();
        try (Leaker leaker = new Leaker(pool.dataSource(), "leaker-" + before)) {
            List<Leak> leaks = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                Thread.sleep(random.nextInt(PAUSE_MILLIS));
                leaks.add(way.leak(pool, leaker, held));
            }
            for (Leak leak : leaks) {
                delays.add(delay(pool, leak));
            }
        } finally {
            giveBack(held);
        }
        return delays;
    }

    /** Names and process ids come again in the next batch: only what is told after the leak counts. */
    private static long delay(WatchedPool pool, Leak leak) {
        Await.until(
                "a report about " + leak,
                Reports.PATIENCE,
                () -> pool.reports().all().stream().anyMatch(seen -> isAbout(seen, leak)));
        long at = pool.reports().all().stream()
                .filter(seen -> isAbout(seen, leak))
                .findFirst()
                .orElseThrow()
                .at();
        return at - leak.since() - SUSPECT_AFTER.toNanos();
    }

    private static boolean isAbout(Reports.Seen seen, Leak leak) {
        return seen.pid() == leak.pid() && seen.at() - leak.since() > 0;
    }

    private static void giveBack(List<Connection> held) throws SQLException {
        for (Connection connection : held) {
            connection.close();
        }
    }

    private static String millis(long nanos) {
        return String.format(Locale.ROOT, "%.0f ms", nanos / 1e6);
    }
}
