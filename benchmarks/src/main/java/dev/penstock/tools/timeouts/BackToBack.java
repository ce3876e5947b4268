package dev.penstock.tools.timeouts;

import dev.penstock.SessionSettings;
import dev.penstock.lab.work.ShortTransactions;
import dev.penstock.tools.report.Row;
import dev.penstock.tools.report.RowVerdict;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/** Transactions of 5 ms, one after the other without a gap, in sessions whose every limit is far longer. */
final class BackToBack {
    private static final int SESSIONS = 4;

    private BackToBack() {}

    static List<Row> rows(Means means) throws Exception {
        CompletableFuture<Row> plain = Limited.supply(() -> row(means, false));
        CompletableFuture<Row> tls = Limited.supply(() -> row(means, true));
        return List.of(plain.get(), tls.get());
    }

    private static Row row(Means means, boolean tls) {
        Duration time = means.plan().backToBack();
        String name = time.toSeconds() + " s of back-to-back 5 ms transactions" + (tls ? ", TLS" : ", plain") + ": cut";
        try (Limited pool = Limited.of(tls, means.server(), means.server().jdbcUrl(), SESSIONS, BackToBack::limits)) {
            AtomicLong transactions = new AtomicLong();
            List<Connection> connections = pool.borrow(SESSIONS);
            List<CompletableFuture<Ending>> calls = new ArrayList<>();
            for (Connection connection : connections) {
                calls.add(Limited.start(() -> transactions.addAndGet(ShortTransactions.run(connection, time))));
            }
            List<Ending> endings = Limited.await(calls);
            List<String> enforced = List.copyOf(pool.enforced());
            Limited.close(connections);
            return row(name, endings, enforced, transactions.get());
        } catch (Exception e) {
            return Row.notMeasured(name, e);
        }
    }

    static void limits(SessionSettings.Builder session) {
        session.statementTimeout(Limited.LIMIT.minusMillis(1)) // it must be shorter than that of a transaction
                .transactionTimeout(Limited.LIMIT)
                .idleInTransactionTimeout(Limited.LIMIT)
                .idleSessionTimeout(Limited.LIMIT);
    }

    private static Row row(String name, List<Ending> endings, List<String> enforced, long transactions) {
        List<String> cut = endings.stream()
                .filter(ending -> !ending.how().equals(Ending.NOT_CUT))
                .map(Ending::toString)
                .toList();
        List<String> remarks = new ArrayList<>(cut);
        remarks.addAll(enforced);
        return Row.of(
                        name,
                        cut.size() + " of " + SESSIONS + " sessions in " + transactions + " transactions",
                        "0",
                        RowVerdict.of(remarks.isEmpty() && transactions > 0))
                .with(remarks)
                .with(Map.of("transactions", transactions, "cut", cut.size()));
    }
}
