package dev.penstock.tools.suite;

import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.tools.pools.Versions;
import dev.penstock.tools.report.Row;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** When, on what machine, and with which versions. Not thread-safe. */
final class Surroundings {
    private final Clock clock;
    private final Supplier<String> postgres;

    /** By that clock; a server tells its version. */
    Surroundings(Clock clock, Supplier<String> postgres) {
        this.clock = clock;
        this.postgres = postgres;
    }

    /** Of this moment, with the server that all groups start. */
    static Surroundings real() {
        return new Surroundings(Clock.systemUTC(), Surroundings::postgres);
    }

    /** Before the first group. */
    Map<String, String> atBegin() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("begin", now());
        facts.put("load at begin", Machine.loadOfOthers());
        facts.put(
                "machine",
                Runtime.getRuntime().availableProcessors() + " processors, " + Machine.processor() + ", "
                        + Machine.memory());
        facts.put("system", Machine.system());
        facts.put("JDK", Machine.jdk());
        facts.put("PostgreSQL", postgres.get());
        facts.put(
                "versions",
                Versions.all().entrySet().stream()
                        .map(entry -> entry.getKey() + " " + entry.getValue())
                        .collect(Collectors.joining(", ")));
        return facts;
    }

    /** After the last one. */
    Map<String, String> atEnd() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("end", now());
        facts.put("load at end", Machine.load()); // for the most part its own
        return facts;
    }

    private String now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String postgres() {
        try (PostgresServer server = PostgresServer.start();
                Connection connection = server.connect()) {
            return connection.getMetaData().getDatabaseProductVersion();
        } catch (SQLException | RuntimeException e) {
            return "not known: " + Row.firstLine(e); // the groups will say the same
        }
    }
}
