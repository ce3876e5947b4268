package dev.penstock.tools.timeouts;

import dev.penstock.SessionSettings;
import dev.penstock.lab.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The JVM that is stopped: its sessions are always busy, in statements short and long and in transactions. Reads the
 * password and then a line when it has gone on; writes {@link #BUSY} and its figures to standard output.
 */
@Command(name = BusyCommand.NAME, hidden = true, description = "Internal: the stopped JVM of 'timeouts'.")
public final class BusyCommand implements Callable<Integer> {
    static final String NAME = "timeouts-busy";
    static final String BUSY = "busy";

    private static final int EACH = 8;
    private static final int TURNS_AFTERWARDS = 5;
    private static final int MOST_EXAMPLES = 5;

    private final List<AtomicInteger> turns = new ArrayList<>();
    private final Queue<String> cut = new ConcurrentLinkedQueue<>();

    @Option(names = "--url", required = true)
    private String url = "";

    @Option(names = "--user", required = true)
    private String user = "";

    @Override
    public Integer call() throws Exception {
        PrintStream toParent = System.out;
        System.setOut(System.err); // what a library prints would be taken for the figures
        int exit = 0;
        try {
            run(toParent);
        } catch (Throwable e) {
            e.printStackTrace();
            exit = 1;
        }
        Runtime.getRuntime().halt(exit); // its workers are still busy
        return exit;
    }

    private void run(PrintStream toParent) throws IOException, SQLException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String password = String.valueOf(in.readLine());
        Limited pool = Limited.plain(url, user, password, 3 * EACH + 1, BusyCommand::limits);
        for (int i = 0; i < EACH; i++) {
            work(pool, connection -> Limited.execute(connection, "select pg_sleep(0.01)"));
            work(pool, connection -> Limited.execute(connection, "select pg_sleep(1)"));
            work(pool, BusyCommand::transaction);
        }
        awaitTurns(1);
        toParent.println(BUSY);
        String unused = in.readLine();
        awaitTurns(TURNS_AFTERWARDS);
        List<String> all = List.copyOf(cut);
        pool.enforced().forEach(event -> System.err.println(event));
        toParent.println(turns.stream().mapToInt(AtomicInteger::get).sum());
        toParent.println(all.size());
        all.forEach(toParent::println);
        toParent.println(runaway(pool).encoded());
    }

    private static void limits(SessionSettings.Builder session) {
        session.statementTimeout(Limited.LIMIT)
                .idleInTransactionTimeout(Limited.LIMIT)
                .transactionTimeout(Limited.LIMIT.plusSeconds(1));
    }

    private static Ending runaway(Limited pool) throws SQLException {
        Connection connection = pool.borrow(1).get(0);
        Ending ending = Ending.of(() -> Limited.execute(connection, Limited.LONG));
        return ending.and(Limited.isReusable(connection) ? "reusable" : "not reusable");
    }

    /** So many of each worker that begin after this call. */
    private void awaitTurns(int count) {
        List<Integer> before = turns.stream().map(AtomicInteger::get).toList();
        Await.until(
                "everybody goes on",
                Limited.PATIENCE,
                () -> IntStream.range(0, before.size())
                        .allMatch(i -> turns.get(i).get() - before.get(i) > count));
    }

    /** Something that a worker does over and over. */
    @FunctionalInterface
    private interface Turn {
        void take(Connection connection) throws SQLException;
    }

    private void work(Limited pool, Turn turn) {
        AtomicInteger count = new AtomicInteger();
        turns.add(count);
        Thread worker = new Thread(() -> {
            while (true) {
                Ending ending = Ending.of(() -> borrowFor(pool, turn));
                if (!ending.how().equals("not cut") && cut.size() < MOST_EXAMPLES) {
                    cut.add(ending.toString());
                }
                count.incrementAndGet();
            }
        });
        worker.setDaemon(true);
        worker.start();
    }

    private static void borrowFor(Limited pool, Turn turn) throws SQLException {
        try (Connection connection = pool.borrow()) {
            Limited.execute(connection, Limited.SERVER_LINE_OFF);
            turn.take(connection);
        }
    }

    private static void transaction(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        Limited.execute(connection, "select pg_sleep(0.1)");
        think();
        Limited.execute(connection, "select 1");
        connection.commit();
    }

    private static void think() {
        try {
            Thread.sleep(Duration.ofMillis(100).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
