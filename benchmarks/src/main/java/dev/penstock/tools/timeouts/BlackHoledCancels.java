package dev.penstock.tools.timeouts;

import dev.penstock.SessionSettings;
import dev.penstock.lab.Await;
import dev.penstock.lab.fault.Behaviour;
import dev.penstock.lab.fault.FaultProxy;
import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.lab.stats.Sample;
import dev.penstock.tools.report.Repeats;
import dev.penstock.tools.report.Row;
import dev.penstock.tools.report.RowVerdict;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Sessions that live at an address to which no new connection succeeds: what their cancel requests do to others. */
final class BlackHoledCancels {
    /** More than are sent to one address at the same time. */
    private static final int HOLED = 20;

    private static final int HEALTHY = 5;

    /** Query timeouts that come before that of a healthy session, on the driver's one timer. */
    private static final int BEFORE = 4;

    private static final Duration SECOND = Duration.ofSeconds(1);

    /** Above that somebody has waited for somebody. */
    private static final double MOST_DELAY = 0.05;

    private BlackHoledCancels() {}

    static List<Row> rows(Means means) throws Exception {
        List<Row> rows = new ArrayList<>(ownLimits(means));
        Duration most = SECOND.multipliedBy(1 + BEFORE).plusMillis(250);
        rows.add(new Promise("setQueryTimeout(1) after " + BEFORE + " that are black-holed", most, "57014")
                .measure(means, () -> queryTimeout(means.server())));
        rows.add(new Promise("Statement.cancel of another session meanwhile", SECOND, "57014")
                .measure(means, () -> cancel(means.server())));
        rows.add(new Promise("Statement.cancel that is black-holed itself", SECOND.plusMillis(100), "returns")
                .measure(means, () -> lostCancel(means.server())));
        return rows;
    }

    // ---- limits --------------------------------------------------------------------------------

    /**
     * How long healthy sessions ran.
     *
     * @param same in the pool of those that are black-holed
     * @param other in a pool of their own
     */
    private record Run(List<Ending> same, List<Ending> other) {
        List<Ending> all() {
            List<Ending> all = new ArrayList<>(same);
            all.addAll(other);
            return all;
        }
    }

    private static List<Row> ownLimits(Means means) throws Exception {
        Promise same = new Promise("limit of others in the same pool, cancels black-holed", Limited.MUST, "57014");
        Promise other = new Promise("limit of others in another pool, cancels black-holed", Limited.MUST, "57014");
        List<Ending> without = new ArrayList<>();
        Repeats<Run> repeats =
                Repeats.measure(means.plan().times(), run -> run.all().stream().allMatch(same::isKept), () -> {
                    without.addAll(limits(means.server(), 0).all());
                    return limits(means.server(), HOLED);
                });
        List<Ending> with =
                repeats.values().stream().flatMap(run -> run.all().stream()).toList();
        List<String> remarks = repeats.remarks(run -> run.all().toString());
        return List.of(
                same.row(
                        means,
                        repeats.values().stream()
                                .flatMap(r -> r.same().stream())
                                .toList(),
                        remarks),
                other.row(
                        means,
                        repeats.values().stream()
                                .flatMap(r -> r.other().stream())
                                .toList(),
                        List.of()),
                delay(median(with) - median(without), with.size()));
    }

    private static Row delay(double seconds, int count) {
        String text = String.format(Locale.ROOT, "%+.0f ms in the median of %d", seconds * 1000, count);
        return Row.of(
                        "delay of their limits by " + HOLED + " black-holed cancels",
                        text,
                        "none (50 ms, one sweep)",
                        RowVerdict.of(seconds <= MOST_DELAY))
                .with(Map.of("delaySeconds", seconds));
    }

    private static double median(List<Ending> endings) {
        return Sample.of(endings.stream().mapToDouble(e -> e.nanos() / 1e9).toArray())
                .median();
    }

    private static Run limits(PostgresServer server, int holed) throws Exception {
        try (Setting setting = new Setting(server, holed, HEALTHY, Limited::statements);
                Limited others = Limited.plain(server, server.jdbcUrl(), HEALTHY, Limited::statements)) {
            List<Connection> ofOthers = others.borrow(HEALTHY);
            List<CompletableFuture<Ending>> lost = Limited.start(setting.holed, Limited.LONG);
            List<CompletableFuture<Ending>> same = Limited.start(setting.healthy, Limited.LONG);
            List<CompletableFuture<Ending>> other = Limited.start(ofOthers, Limited.LONG);
            Run run = new Run(Limited.await(same), Limited.await(other));
            for (Ending ending : Limited.await(lost)) {
                if (!ending.isWithin(Limited.MUST)) {
                    run = new Run(run.same(), List.of(ending.and("itself black-holed")));
                }
            }
            Limited.close(ofOthers);
            return run;
        }
    }

    // ---- cancels that others ask for ---------------------------------------------------------------

    private static void lax(SessionSettings.Builder session) {
        session.statementTimeout(Duration.ofSeconds(30));
    }

    private static Ending queryTimeout(PostgresServer server) throws Exception {
        try (Setting setting = new Setting(server, BEFORE, 1, BlackHoledCancels::lax)) {
            List<CompletableFuture<Ending>> lost = setting.holed.stream()
                    .map(connection -> Limited.start(() -> executeForASecond(connection)))
                    .toList();
            Await.until("they run", Limited.PATIENCE, () -> setting.running() == BEFORE);
            Ending ending = Ending.of(() -> executeForASecond(setting.healthy.get(0)));
            setting.proxy.resetOpen();
            List<Ending> unused = Limited.await(lost);
            return ending;
        }
    }

    private static void executeForASecond(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(1);
            boolean unused = statement.execute(Limited.LONG);
        }
    }

    /** From the cancel on, while the watchdog's own requests hang. */
    private static Ending cancel(PostgresServer server) throws Exception {
        try (Setting setting = new Setting(server, HOLED, 1, Limited::statements);
                Limited others = Limited.plain(server, server.jdbcUrl(), 1, BlackHoledCancels::lax)) {
            Connection connection = others.borrow(1).get(0);
            List<CompletableFuture<Ending>> lost = Limited.start(setting.holed, Limited.LONG);
            Await.until("the watchdog's own requests are under way", Limited.PATIENCE, setting::allAreBeingCancelled);
            try (Statement statement = connection.createStatement()) {
                CompletableFuture<Ending> call = Limited.start(() -> {
                    boolean unused = statement.execute(Limited.LONG);
                });
                Await.until("it runs", Limited.PATIENCE, () -> setting.running() > 0 && runsAlone(setting, lost));
                long begun = System.nanoTime();
                statement.cancel();
                String how = call.get().how();
                Ending ending = new Ending(System.nanoTime() - begun, how);
                List<Ending> unused = Limited.await(lost);
                return ending;
            } finally {
                connection.close();
            }
        }
    }

    private static Ending lostCancel(PostgresServer server) throws Exception {
        try (Setting setting = new Setting(server, 1, 0, BlackHoledCancels::lax);
                Statement statement = setting.holed.get(0).createStatement()) {
            CompletableFuture<Ending> lost = Limited.start(() -> {
                boolean unused = statement.execute(Limited.LONG);
            });
            Await.until("it runs", Limited.PATIENCE, () -> setting.running() == 1);
            long begun = System.nanoTime();
            statement.cancel();
            long took = System.nanoTime() - begun;
            setting.proxy.resetOpen();
            Ending unused = lost.get();
            return new Ending(took, "returns");
        }
    }

    private static boolean runsAlone(Setting setting, List<CompletableFuture<Ending>> lost) {
        long left = lost.stream().filter(call -> !call.isDone()).count();
        return setting.running() > left;
    }

    /** One pool with sessions at both addresses, of which one is then black-holed. */
    private static final class Setting implements AutoCloseable {
        final FaultProxy proxy;
        final List<Connection> holed;
        final List<Connection> healthy;
        private final Limited pool;
        private final Connection observer;

        Setting(PostgresServer server, int holed, int healthy, Consumer<SessionSettings.Builder> limits)
                throws SQLException {
            proxy = FaultProxy.to(server.address());
            observer = server.connect();
            pool = Limited.plain(
                    server,
                    "jdbc:postgresql://127.0.0.1:" + proxy.port() + ",127.0.0.1:" + server.port() + "/"
                            + server.database(),
                    holed + healthy,
                    limits);
            this.holed = pool.borrow(holed);
            proxy.behave(Behaviour.refuse());
            this.healthy = pool.borrow(healthy);
            proxy.behave(Behaviour.blackHole());
        }

        int running() {
            return Limited.running(observer, Limited.LONG);
        }

        /** From a quarter of the grace after the limit, and with the next sweep. */
        boolean allAreBeingCancelled() {
            return Limited.running(observer, Limited.LONG, Limited.LIMIT.plusMillis(320)) == holed.size();
        }

        @Override
        public void close() throws SQLException {
            proxy.close();
            Limited.close(holed);
            Limited.close(healthy);
            pool.close();
            Limited.terminate(observer);
            observer.close();
        }
    }
}
