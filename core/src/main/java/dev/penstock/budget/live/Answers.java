package dev.penstock.budget.live;

import dev.penstock.budget.ServerLimits;
import dev.penstock.internal.server.RoundTrip;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.core.BaseConnection;

/**
 * What a server is asked, and what it said. Names are schema-qualified, operators too: nobody's search_path changes what
 * they mean.
 *
 * @param pid of the process that answered
 */
record Answers(ServerFacts server, Census census, int pid) {
    private static final String EQUALS = " operator(pg_catalog.=) ";

    /**
     * One row. The role of the login, because it is its limit that counts, and its reserved connections; but who may
     * look at what is up to the role that is set by now. Roles that a version does not have are in no row.
     */
    private static final String LIMITS = "select pg_catalog.pg_backend_pid(),"
            + setting("server_version_num") + "," + setting("max_connections") + ","
            + setting("superuser_reserved_connections") + "," + setting("reserved_connections") + ","
            + " session_user, coalesce(r.rolconnlimit, -1),"
            + " pg_catalog.current_database(), coalesce(d.datconnlimit, -1),"
            + " coalesce(r.rolsuper, false),"
            + isMember("session_user", "pg_use_reserved_connections") + ","
            + isMember("current_user", "pg_read_all_stats")
            + " from (values (1)) one"
            + " left join pg_catalog.pg_roles r on r.rolname" + EQUALS + "session_user"
            + " left join pg_catalog.pg_database d on d.datname" + EQUALS + "pg_catalog.current_database()";

    /**
     * Where the type is hidden, what has no user (autovacuum, checkpointer and so on) or no database (launcher of
     * logical replication, walsender of physical replication) is no client for certain.
     */
    private static final String CENSUS = "select coalesce(application_name, ''), usename, datname, state,"
            + " backend_type is null, pid" + EQUALS + "pg_catalog.pg_backend_pid(), pg_catalog.count(*)"
            + " from pg_catalog.pg_stat_activity"
            + " where backend_type" + EQUALS + "'client backend'"
            + " or backend_type is null and usesysid is not null and datid is not null"
            + " group by 1, 2, 3, 4, 5, 6";

    /** Both in one round trip, so that they are of one moment, also behind a pooler. */
    private static final String BOTH = LIMITS + "; " + CENSUS;

    /** Zero where a version does not know it. */
    private static String setting(String name) {
        return " coalesce(pg_catalog.current_setting('" + name + "', true)::int, 0)";
    }

    private static String isMember(String whose, String role) {
        return " exists (select from pg_catalog.pg_roles m where m.rolname" + EQUALS + "'" + role
                + "' and pg_catalog.pg_has_role(" + whose + ", m.oid, 'USAGE'))";
    }

    /** Asks, outside a transaction. */
    static Answers of(BaseConnection session) throws SQLException {
        return RoundTrip.run(session, BOTH, Answers::read);
    }

    private static Answers read(Statement statement) throws SQLException {
        try (ResultSet limits = RoundTrip.first(statement)) {
            limits.next();
            int pid = limits.getInt(1);
            ServerFacts server = server(limits);
            return new Answers(server, census(statement), pid);
        }
    }

    private static ServerFacts server(ResultSet row) throws SQLException {
        return new ServerFacts(
                row.getInt(2),
                row.getInt(3),
                row.getInt(4),
                row.getInt(5),
                row.getString(6),
                limit(row.getInt(7)),
                row.getString(8),
                limit(row.getInt(9)),
                row.getBoolean(10),
                row.getBoolean(11),
                row.getBoolean(12));
    }

    /** Whatever is less than zero is no number of connections. */
    private static int limit(int stored) {
        return Math.max(ServerLimits.NO_LIMIT, stored);
    }

    private static Census census(Statement statement) throws SQLException {
        List<Group> groups = new ArrayList<>();
        try (ResultSet rows = RoundTrip.next(statement)) {
            while (rows.next()) {
                groups.add(new Group(
                        rows.getString(1),
                        rows.getString(2),
                        rows.getString(3),
                        rows.getString(4),
                        rows.getBoolean(5),
                        rows.getBoolean(6),
                        rows.getInt(7)));
            }
        }
        return new Census(groups);
    }
}
