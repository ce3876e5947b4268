package dev.penstock.replay.report;

import com.zaxxer.hikari.HikariDataSource;
import dev.penstock.lab.postgres.PostgresServer;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.postgresql.util.DriverInfo;

/** On what it was measured. */
public record Surroundings(String postgres, String hikari, String pgjdbc, String java, String machine) {

    public static Surroundings of(PostgresServer server) throws SQLException {
        return new Surroundings(
                version(server) + " (" + server.engine() + ")",
                hikariVersion(),
                DriverInfo.DRIVER_VERSION,
                System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ")",
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch") + ", "
                        + Runtime.getRuntime().availableProcessors() + " cores");
    }

    /** Distributions add words of their own in brackets. */
    private static String version(PostgresServer server) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SHOW server_version")) {
            result.next();
            return result.getString(1).replaceAll(" \\(.*", "");
        }
    }

    private static String hikariVersion() {
        Properties pom = new Properties();
        try (InputStream in =
                HikariDataSource.class.getResourceAsStream("/META-INF/maven/com.zaxxer/HikariCP/pom.properties")) {
            if (in != null) {
                pom.load(in);
            }
        } catch (IOException e) {
            return "unknown";
        }
        return pom.getProperty("version", "unknown");
    }

    /** For people, and for whoever compares two runs. */
    public List<String> lines(Calm calm, Duration took) {
        return List.of(
                "PostgreSQL   " + postgres,
                "HikariCP     " + hikari,
                "pgjdbc       " + pgjdbc,
                "JDK          " + java,
                "Machine      " + machine,
                "Calm         " + calm.text(),
                "Duration     " + Texts.of(took));
    }
}
