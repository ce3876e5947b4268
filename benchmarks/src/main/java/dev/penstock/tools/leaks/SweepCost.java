package dev.penstock.tools.leaks;

import dev.penstock.BorrowTerms;
import dev.penstock.LeaseVerdict;
import dev.penstock.PenstockConfig;
import dev.penstock.PoolControl;
import dev.penstock.internal.events.Listeners;
import dev.penstock.internal.lease.LeaseDesk;
import dev.penstock.internal.lease.Surroundings;
import dev.penstock.internal.server.ServerSide;
import dev.penstock.internal.session.Session;
import dev.penstock.internal.session.Sessions;
import dev.penstock.internal.socket.StampedSocket;
import dev.penstock.internal.time.Ticker;
import dev.penstock.lab.Await;
import dev.penstock.tools.report.Row;
import dev.penstock.tools.report.RowVerdict;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/**
 * What the one sweeper costs that looks at a hundred thousand leases of a thousand pools. There is no server behind
 * these connections; sessions and sockets are Penstock's own, unconnected. The JVM's own sweeper does the work, and its
 * processor time is what counts: on a machine that others use too, time on the clock would be theirs.
 */
final class SweepCost {
    private static final int DESKS = 1_000;
    private static final int LEASES_PER_DESK = 100;
    private static final Duration SUSPECT_AFTER = Duration.ofSeconds(8);
    private static final Duration SAMPLE = Duration.ofMillis(20);
    private static final double LIMIT_MILLIS = 20;
    private static final double LIMIT_SHARE = 0.5;

    /**
     * From the last lease to the beginning: the suspects are reported after 8, 16, 32 and 64 s; what is watched lies
     * between the last two of these, as does most of a day.
     */
    private static final Duration WARM = Duration.ofSeconds(34);

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private SweepCost() {}

    static List<Row> rows(Means means) throws Exception {
        List<LeaseDesk> desks = new ArrayList<>();
        List<Connection> leased = new ArrayList<>();
        CountDownLatch over = new CountDownLatch(1);
        try {
            for (int i = 0; i < DESKS; i++) {
                desks.add(desk(i, leased, over));
            }
            long lentAt = System.nanoTime();
            means.progress().accept(leased.size() + " leases on loan");
            long sweeper = sweeper();
            Await.until("1 % is suspect", Reports.PATIENCE, () -> suspects(desks) == DESKS);
            TimeUnit.NANOSECONDS.sleep(WARM.toNanos() - (System.nanoTime() - lentAt));
            return measured(sweeper, desks, means.plan().steady());
        } finally {
            over.countDown();
            desks.forEach(LeaseDesk::close);
        }
    }

    private static long suspects(List<LeaseDesk> desks) {
        return desks.stream()
                .mapToLong(desk -> desk.suspected(LeaseVerdict.LIKELY_LEAK))
                .sum();
    }

    /**
     * With a borrower of its own. One of its leases is quiet for too long, of the others their borrowers have said that
     * they would be.
     */
    private static LeaseDesk desk(int number, List<Connection> leased, CountDownLatch over) throws Exception {
        Sessions sessions = new Sessions(session -> {});
        LeaseDesk desk = new LeaseDesk(
                "pool-" + number,
                PenstockConfig.builder()
                        .leases(l -> l.suspectAfter(SUSPECT_AFTER))
                        .build()
                        .leases(),
                sessions,
                new Surroundings(
                        PoolControl.unknown(Duration.ofSeconds(30)),
                        new Listeners(List.of()),
                        Runnable::run,
                        PenstockConfig.defaults().session(),
                        null,
                        null),
                Ticker.system());
        FutureTask<List<Connection>> borrowing = new FutureTask<>(() -> borrowAll(desk, sessions, number));
        Thread borrower = new Thread(() -> {
            borrowing.run();
            awaitQuietly(over);
        });
        borrower.setDaemon(true);
        borrower.start();
        leased.addAll(borrowing.get());
        return desk;
    }

    private static List<Connection> borrowAll(LeaseDesk desk, Sessions sessions, int number) throws SQLException {
        List<Connection> leased = new ArrayList<>();
        for (int i = 0; i < LEASES_PER_DESK; i++) {
            BaseConnection connection = connection(number * LEASES_PER_DESK + i);
            sessions.add(
                    connection,
                    new Session(
                            connection,
                            new StampedSocket(Ticker.system(), null),
                            "127.0.0.1:5432",
                            null,
                            ServerSide.NOT_ASKED));
            leased.add(
                    i == 0
                            ? desk.lend(() -> connection)
                            : desk.lend(() -> connection, BorrowTerms.usual().expectingHold(Duration.ofHours(1))));
        }
        return leased;
    }

    private static void awaitQuietly(CountDownLatch over) {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static BaseConnection connection(int pid) {
        return (BaseConnection) Proxy.newProxyInstance(
                SweepCost.class.getClassLoader(),
                new Class<?>[] {BaseConnection.class},
                (proxy, method, arguments) -> answer(proxy, method, arguments, pid));
    }

    private static @Nullable Object answer(Object proxy, Method method, Object @Nullable [] arguments, int pid) {
        return switch (method.getName()) {
            case "getBackendPID", "hashCode" -> pid;
            case "getTransactionState" -> TransactionState.IDLE;
            case "isClosed" -> false;
            case "unwrap" -> proxy;
            case "equals" -> arguments != null && proxy == arguments[0];
            case "toString" -> "connection " + pid;
            default -> throw new UnsupportedOperationException(method.toString());
        };
    }

    private static long sweeper() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("penstock-sweeper"))
                .findFirst()
                .orElseThrow()
                .getId();
    }

    /** Looks at what the thread has used every so often: what lies between two pauses is one sweep. */
    private static List<Row> measured(long sweeper, List<LeaseDesk> desks, Duration time) throws InterruptedException {
        long begunAt = System.nanoTime();
        long cpuBefore = THREADS.getThreadCpuTime(sweeper);
        List<Long> sweeps = new ArrayList<>();
        long last = cpuBefore;
        long sweep = 0;
        while (System.nanoTime() - begunAt < time.toNanos()) {
            TimeUnit.NANOSECONDS.sleep(SAMPLE.toNanos());
            long now = THREADS.getThreadCpuTime(sweeper);
            if (now != last) {
                sweep += now - last;
            } else if (sweep > 0) {
                sweeps.add(sweep);
                sweep = 0;
            }
            last = now;
        }
        long took = System.nanoTime() - begunAt;
        return rows(sweeps, (last - cpuBefore) * 100.0 / took, suspects(desks));
    }

    private static List<Row> rows(List<Long> sweeps, double share, long suspects) {
        double worst = sweeps.stream().mapToLong(Long::longValue).max().orElse(Long.MAX_VALUE) / 1e6;
        double mean = sweeps.stream().mapToLong(Long::longValue).average().orElse(0) / 1e6;
        String of = "100,000 leases of 1,000 pools, 1 % suspect: ";
        return List.of(
                Row.of(
                                of + "one sweep",
                                String.format(Locale.ROOT, "worst %.1f ms, mean %.1f ms", worst, mean),
                                "20 ms",
                                RowVerdict.of(worst <= LIMIT_MILLIS))
                        .with(List.of(sweeps.size() + " sweeps, " + suspects
                                + " suspects; processor time of the sweeper's thread"))
                        .with(Map.of("worstMillis", worst, "meanMillis", mean)),
                Row.of(
                                of + "sweeper's share of a core",
                                String.format(Locale.ROOT, "%.2f %%", share),
                                "0.50 %",
                                RowVerdict.of(share <= LIMIT_SHARE))
                        .with(Map.of("percent", share)));
    }
}
