package dev.penstock.example;

import com.zaxxer.hikari.HikariConfig;
import dev.penstock.PenstockConfig;
import dev.penstock.hikari.PenstockHikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Asks a PostgreSQL server for its version, through a pool that survives dead addresses and silent
 * servers. What a HikariCP user has to change is one class name.
 *
 * <pre>
 * PGPASSWORD=... ./mvnw -q -pl examples/plain-java exec:java \
 *     -Dexec.args="jdbc:postgresql://db.example.com/app app"
 * </pre>
 *
 * <p>Try it with a host name that has several addresses, some of them dead; or with a port on which
 * nobody answers: it ends within five seconds, and says of each address how far it came and why it failed.
 */
public final class PlainJava {
    private PlainJava() {}

    /** Exit code 0: the version was printed, or the usage. 1: no connection, the reason was printed. */
    public static void main(String[] args) {
        if (args.length != 2) {
            System.out.println("usage: PlainJava <JDBC URL> <user>, password in the environment variable PGPASSWORD");
            return;
        }
        try {
            System.out.println(version(args[0], args[1], System.getenv("PGPASSWORD")));
        } catch (SQLException | RuntimeException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    /** This is all there is to it. */
    static String version(String url, String user, @Nullable String password) throws SQLException {
        var hikari = new HikariConfig(); // configured as ever
        hikari.setJdbcUrl(url);
        hikari.setUsername(user);
        hikari.setPassword(password);

        var penstock = PenstockConfig.builder()
                .connect(c -> c.deadline(Duration.ofSeconds(5))) // default 30 s
                .build();

        try (var dataSource = new PenstockHikariDataSource(hikari, penstock);
                Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select version()")) {
            result.next();
            return result.getString(1);
        }
    }
}
