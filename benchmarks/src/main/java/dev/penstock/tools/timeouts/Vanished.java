package dev.penstock.tools.timeouts;

import dev.penstock.lab.Await;
import dev.penstock.lab.netns.Vanishing;
import dev.penstock.lab.netns.VanishingCase;
import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.lab.postgres.TlsMaterial;
import dev.penstock.tools.report.Repeats;
import dev.penstock.tools.report.Row;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A server whose packets are dropped, with a query in flight, and with one that is sent afterwards. */
final class Vanished {
    private static final List<Promise> PROMISES = List.of(
            promise("query in flight, plain"),
            promise("sent afterwards, plain"),
            promise("query in flight, TLS"),
            promise("sent afterwards, TLS"));

    private Vanished() {}

    private static Promise promise(String which) {
        return new Promise("vanished server, " + which, Limited.MUST, "08006" + Ending.TOLD_WHY);
    }

    static List<Row> rows(Means means) {
        return Namespace.rows(
                means,
                "vanished server",
                Case.class,
                means.plan().times(),
                values -> PROMISES.stream()
                        .map(promise -> promise.row(means, endings(values, promise), remarks(values)))
                        .toList());
    }

    private static List<Ending> endings(Map<String, String> values, Promise promise) {
        return values.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(promise.name()))
                .map(entry -> Ending.decoded(entry.getValue()))
                .toList();
    }

    private static List<String> remarks(Map<String, String> values) {
        return values.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("remark"))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** In the namespace. */
    static final class Case implements VanishingCase {
        @Override
        public void run(Vanishing net) throws Exception {
            try (TlsMaterial material = TlsMaterial.forNames("127.0.0.1");
                    PostgresServer server =
                            PostgresServer.builder().tls(material).start();
                    Connection observer = server.connect()) {
                Repeats<Map<Promise, Ending>> repeats = Repeats.measure(
                        Namespace.times(),
                        round -> round.entrySet().stream()
                                .allMatch(entry -> entry.getKey().isKept(entry.getValue())),
                        () -> vanish(net, server, observer));
                for (int i = 0; i < repeats.values().size(); i++) {
                    String round = " " + i;
                    repeats.values()
                            .get(i)
                            .forEach((promise, ending) -> net.report(promise.name() + round, ending.encoded()));
                }
                List<String> remarks = repeats.remarks(round -> round.values().toString());
                for (int i = 0; i < remarks.size(); i++) {
                    net.report("remark " + i, remarks.get(i));
                }
            }
        }

        private static Map<Promise, Ending> vanish(Vanishing net, PostgresServer server, Connection observer)
                throws Exception {
            try (Limited plain = Limited.plain(server, server.jdbcUrl(), 2, Limited::statements);
                    Limited tls = Limited.tls(server, server.jdbcUrl(), 2, Limited::statements)) {
                List<Connection> ofPlain = plain.borrow(2);
                List<Connection> ofTls = tls.borrow(2);
                List<CompletableFuture<Ending>> calls = new ArrayList<>();
                calls.addAll(Limited.start(ofPlain.subList(0, 1), Limited.LONG));
                calls.addAll(Limited.start(ofTls.subList(0, 1), Limited.LONG));
                Await.until("both run", Limited.PATIENCE, () -> Limited.running(observer, Limited.LONG) == 2);
                net.drop(server.port());
                calls.addAll(1, Limited.start(ofPlain.subList(1, 2), "select 1"));
                calls.addAll(Limited.start(ofTls.subList(1, 2), "select 1"));
                List<Ending> endings = Limited.await(calls);
                Limited.close(ofPlain);
                Limited.close(ofTls);
                return named(endings);
            } finally {
                net.pass();
                Limited.terminate(observer);
            }
        }

        private static Map<Promise, Ending> named(List<Ending> endings) {
            Map<Promise, Ending> named = new LinkedHashMap<>();
            for (int i = 0; i < endings.size(); i++) {
                named.put(PROMISES.get(i), endings.get(i));
            }
            return named;
        }
    }
}
