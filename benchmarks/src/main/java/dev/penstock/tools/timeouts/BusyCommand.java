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
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
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

    /** Of a session with short statements, 10 ms each at least: how long a transaction is idle. */
    private static final int TURNS_OF_THOUGHT = 8;

    private static final int MOST_EXAMPLES = 5;

    private final List<AtomicInteger> turns = new CopyOnWriteArrayList<>();
    private final Queue<String> cut = new ConcurrentLinkedQueue<>();

    @Option(names = "--url", required = true)
    private String url = "";

    @Option(names = "--user", required = true)
    private String user = "";

    @Override
    public Integer call() throws Exception {
        PrintStream toParent = System.out;
        System.setOut(System.err); // what a library prints would be taken for the figures
        run(toParent);
        return 0;
    }

    private void run(PrintStream toParent) throws IOException, SQLException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String password = String.valueOf(in.readLine());
        Limited pool = Limited.plain(url, user, password, 3 * EACH + 1, BusyCommand::limits);
        for (int i = 0; i < EACH; i++) {
            work(pool, connection -> Limited.execute(connection, "select pg_sleep(0.01)"));
            work(pool, connection -> Limited.execute(connection, "select pg_sleep(1)"));
            work(pool, this::transaction);
        }
        awaitTurns(1);
        toParent.println(BUSY);
        String unused = in.readLine();
        awaitTurns(TURNS_AFTERWARDS);
        List<String> all = List.copyOf(cut);
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
                if (!ending.how().equals(Ending.NOT_CUT) && cut.size() < MOST_EXAMPLES) {
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

    /** Idle for some turns of another session in the middle of it. */
    private void transaction(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        Limited.execute(connection, "select pg_sleep(0.1)");
        AtomicInteger other = turns.get(0);
        int before = other.get();
        Await.until("somebody else goes on", Limited.PATIENCE, () -> other.get() - before >= TURNS_OF_THOUGHT);
        Limited.execute(connection, "select 1");
        connection.commit();
    }
}
