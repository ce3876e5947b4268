package dev.penstock.example.orders.trouble;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Borrows a connection and forgets it.
 *
 * <p><b>To watch:</b> after {@code penstock.leases.suspect-after} one WARN of several lines: which connection, which
 * thread, and from the second leak on the line below that borrows. {@code LIKELY_LEAK}, or {@code LEAKED_UNREACHABLE} once
 * the garbage collector has been there. {@code /actuator/penstock} lists it among the open leases, with the verdict; in
 * {@code /actuator/prometheus} {@code penstock_leases_open} stays up and {@code penstock_leases_suspected_total} counts.
 * After the fifth the pool is empty, and everybody else waits in vain.
 *
 * <p><b>To mend:</b> try-with-resources, or JdbcClient. Until then {@code penstock.leases.reclaim: dead-owner} takes back
 * what nobody can close any more.
 */
@RestController
class Leak {
    private final DataSource dataSource;

    Leak(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @PostMapping("/trouble/leak")
    String leak() throws SQLException {
        Connection connection = dataSource.getConnection();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select pg_backend_pid()")) {
            result.next();
            return "borrowed the connection of server process " + result.getInt(1) + ", and forgotten\n";
        }
    }
}
