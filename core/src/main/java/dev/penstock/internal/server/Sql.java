package dev.penstock.internal.server;

import dev.penstock.PoolerMode;
import dev.penstock.SessionLimit;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collector;
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

    private static final Collector<CharSequence, ?, String> SELECT = Collectors.joining(", ", "select ", "");

    private static final String VERSION = "pg_catalog.current_setting('server_version_num')::int";

    private Sql() {}

    /**
     * True only where this process serves the statement. What a transaction pooler would carry over to other clients is
     * set under this condition: the server itself compares its process with that of the session's key, in the statement
     * that sets.
     *
     * @param mode as it is configured: whoever has said what stands in between is believed
     * @param pid of the session's key
     */
    static String condition(PoolerMode mode, int pid) {
        return mode == PoolerMode.AUTO ? "pg_catalog.pg_backend_pid() = " + pid : "true";
    }

    /** Sets what the server knows, for the session; the first column tells whether it has. */
    static String setIf(String condition, Wanted wanted) {
        return select(
                condition,
                wanted.all(),
                asked -> "case when " + condition + " and " + VERSION + " >= " + asked.since() + " then "
                        + setConfig(asked.name(), Long.toString(asked.millis()), false) + " end");
    }

    /** The same for limits that the server is known to know. */
    static String setIf(String condition, Map<SessionLimit, String> values) {
        return select(
                condition,
                values.entrySet(),
                limit -> "case when " + condition + " then "
                        + setConfig(limit.getKey().serverSetting(), limit.getValue(), false) + " end");
    }

    private static <T> String select(String first, Collection<T> others, Function<T, String> column) {
        return Stream.concat(Stream.of(first), others.stream().map(column)).collect(SELECT);
    }

    /** What a session has of these, in one row, as text that {@link #setIf(String, Map)} takes. */
    static String current(Collection<SessionLimit> limits) {
        return limits.stream()
                .map(limit -> "pg_catalog.current_setting(" + literal(limit.serverSetting()) + ")")
                .collect(SELECT);
    }

    /** Sets these for the transaction only. */
    static String setLocal(Map<SessionLimit, String> values) {
        return values.entrySet().stream()
                .map(limit -> setConfig(limit.getKey().serverSetting(), limit.getValue(), true))
                .collect(SELECT);
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
