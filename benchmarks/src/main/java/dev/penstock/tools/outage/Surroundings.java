package dev.penstock.tools.outage;

import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.tools.pools.Versions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the figures were measured on.
 *
 * @param postgres its whole version, for example 17.11
 * @param java version of the JVM of the cells
 * @param system name and architecture of the operating system
 */
record Surroundings(String date, String postgres, String pgjdbc, String java, String system, int processors) {
    static Surroundings of(PostgresServer server) throws SQLException {
        try (Connection connection = server.connect()) {
            return new Surroundings(
                    LocalDate.now(ZoneOffset.UTC).toString(),
                    connection.getMetaData().getDatabaseProductVersion(),
                    Versions.of("pgjdbc"),
                    System.getProperty("java.version"),
                    System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                    Runtime.getRuntime().availableProcessors());
        }
    }

    String line() {
        return date + ", PostgreSQL " + postgres + ", pgjdbc " + pgjdbc + ", JDK " + java + ", " + system + ", "
                + processors + " processors";
    }

    Map<String, Object> byName() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("date", date);
        all.put("postgres", postgres);
        all.put("pgjdbc", pgjdbc);
        all.put("java", java);
        all.put("system", system);
        all.put("processors", processors);
        return all;
    }
}
