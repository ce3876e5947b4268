package dev.penstock.internal.server;

import dev.penstock.SessionLimit;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is said to servers. Names are schema-qualified: nobody's search_path changes what they mean. */
final class Sql {
    /** What a server has: one row per setting. The version is a setting that every server has. */
    static final String LOOK = "select pg_catalog.pg_backend_pid(), session_user, name, setting, source"
            + " from pg_catalog.pg_settings where name in ('server_version_num', '" + Wanted.CLIENT_CHECK + "', "
            + Arrays.stream(SessionLimit.values())
                    .map(limit -> literal(limit.serverSetting()))
                    .collect(Collectors.joining(", "))
            + ")";

    private static final String VERSION = "pg_catalog.current_setting('server_version_num')::int";

    private Sql() {}

    /**
     * Sets what the server knows, for the session; the first column tells whether it has. What a transaction pooler
     * would carry over to other clients is not done: the server itself compares its process with that of the session's
     * key, in the statement that sets.
     *
     * @param pid only if this is the server's process
     */
    static String setIfServedBy(int pid, Wanted wanted) {
        return set("pg_catalog.pg_backend_pid() = " + pid, wanted);
    }

    /** As above, without looking at the process: where somebody has said what stands in between. */
    static String set(Wanted wanted) {
        return set("true", wanted);
    }

    private static String set(String condition, Wanted wanted) {
        return Stream.concat(
                        Stream.of(condition),
                        wanted.all().stream()
                                .map(asked -> "case when " + condition + " and " + VERSION + " >= " + asked.since()
                                        + " then " + setConfig(asked.name(), Long.toString(asked.millis()), false)
                                        + " end"))
                .collect(Collectors.joining(", ", "select ", ""));
    }

    /** What a session has of these, in one row, as text that {@link #set(Map, boolean)} takes. */
    static String current(Iterable<SessionLimit> limits) {
        return select(limits, limit -> "pg_catalog.current_setting(" + literal(limit.serverSetting()) + ")");
    }

    /**
     * Sets these.
     *
     * @param local for the transaction only
     */
    static String set(Map<SessionLimit, String> values, boolean local) {
        return select(values.keySet(), limit -> setConfig(limit.serverSetting(), text(values, limit), local));
    }

    private static String text(Map<SessionLimit, String> values, SessionLimit limit) {
        return String.valueOf(values.get(limit));
    }

    private static String select(
            Iterable<SessionLimit> limits, java.util.function.Function<SessionLimit, String> column) {
        StringBuilder sql = new StringBuilder();
        for (SessionLimit limit : limits) {
            sql.append(sql.length() == 0 ? "select " : ", ").append(column.apply(limit));
        }
        return sql.toString();
    }

    private static String setConfig(String name, String value, boolean local) {
        return "pg_catalog.set_config(" + literal(name) + ", " + literal(value) + ", " + local + ")";
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** A name as SQL takes it, whatever is in it. */
    static String identifier(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
