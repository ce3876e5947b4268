package dev.penstock.tools.tune.load;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A session, as the server knows it, whatever it calls itself.
 *
 * @param pid process id; a later session of anybody's may have the same
 * @param begunMicros when it began, which that one has not, in microseconds since 1970
 * @param serverBegunMicros when its server began
 */
public record Backend(int pid, long begunMicros, long serverBegunMicros) {
    /** Of a row of {@code pg_stat_activity}. */
    static final String BEGUN_MICROS = "(extract(epoch from backend_start) * 1000000)::pg_catalog.int8";

    private static final String OWN = "select pid, " + BEGUN_MICROS
            + ", (extract(epoch from pg_catalog.pg_postmaster_start_time()) * 1000000)::pg_catalog.int8"
            + " from pg_catalog.pg_stat_activity where pid = pg_catalog.pg_backend_pid()";

    /** Of that connection: asks the server. */
    static Backend of(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet own = statement.executeQuery(OWN)) {
            own.next();
            return new Backend(own.getInt(1), own.getLong(2), own.getLong(3));
        }
    }
}
