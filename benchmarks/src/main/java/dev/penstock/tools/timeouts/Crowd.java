package dev.penstock.tools.timeouts;

import dev.penstock.lab.Await;
import dev.penstock.lab.netns.Vanishing;
import dev.penstock.lab.netns.VanishingCase;
import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.tools.report.Repeats;
import dev.penstock.tools.report.Row;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** All sessions of a large pool vanish at once, each in a statement. */
final class Crowd {
    private static final int SESSIONS = 500;
    private static final Promise PROMISE =
            new Promise(SESSIONS + " sessions vanish at once: each is freed", Limited.MUST, "08006" + Ending.TOLD_WHY);

    private Crowd() {}

    static List<Row> rows(Means means) {
        return Namespace.rows(
                means,
                PROMISE.name(),
                Case.class,
                means.plan().crowds(),
                values -> List.of(PROMISE.row(
                        means, values.values().stream().map(Ending::decoded).toList(), List.of())));
    }

    /** In the namespace. */
    static final class Case implements VanishingCase {
        @Override
        public void run(Vanishing net) throws Exception {
            try (PostgresServer server = PostgresServer.builder()
                            .setting("max_connections", Integer.toString(SESSIONS + 50))
                            .start();
                    Connection observer = server.connect()) {
                Repeats<List<Ending>> repeats = Repeats.measure(
                        Namespace.times(),
                        endings -> endings.stream().allMatch(PROMISE::isKept),
                        () -> vanish(net, server, observer));
                int number = 0;
                for (List<Ending> endings : repeats.values()) {
                    for (Ending ending : endings) {
                        net.report(Integer.toString(number++), ending.encoded());
                    }
                }
            }
        }

        private static List<Ending> vanish(Vanishing net, PostgresServer server, Connection observer) throws Exception {
            try (Limited pool = Limited.plain(server, server.jdbcUrl(), SESSIONS, Limited::statements)) {
                List<Connection> connections = pool.borrow(SESSIONS);
                List<CompletableFuture<Ending>> calls = Limited.start(connections, Limited.LONG);
                Await.until("all run", Limited.PATIENCE, () -> Limited.running(observer, Limited.LONG) == SESSIONS);
                net.drop(server.port());
                List<Ending> endings = Limited.await(calls);
                Limited.close(connections);
                return endings;
            } finally {
                net.pass();
                Limited.terminate(observer);
            }
        }
    }
}
