package dev.penstock.internal.server;

import dev.penstock.SessionLimit;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a server said of a session.
 *
 * @param pid its process
 * @param user who the session belongs to there: a pooler may have made somebody else of it
 * @param versionNum {@code server_version_num}
 * @param values of the settings that it knows
 */
record Look(int pid, String user, int versionNum, Map<String, Value> values) {
    /** A value in milliseconds, and what it comes from, in the words of the view pg_settings. */
    record Value(long millis, String source) {}

    static Look read(ResultSet rows) throws SQLException {
        int pid = 0;
        String user = "";
        int versionNum = 0;
        Map<String, Value> values = new HashMap<>();
        while (rows.next()) {
            pid = rows.getInt(1);
            user = rows.getString(2);
            String name = rows.getString(3);
            if (name.equals("server_version_num")) {
                versionNum = rows.getInt(4);
            } else {
                values.put(name, new Value(rows.getLong(4), rows.getString(5)));
            }
        }
        return new Look(pid, user, versionNum, Map.copyOf(values));
    }

    @Nullable Value value(Asked asked) {
        return values.get(asked.name());
    }

    boolean has(Asked asked) {
        Value value = value(asked);
        return value != null && value.millis() == asked.millis();
    }

    /** The limits that the server knows, whoever has set them. */
    Map<SessionLimit, Long> limits() {
        Map<SessionLimit, Long> limits = new EnumMap<>(SessionLimit.class);
        for (SessionLimit limit : SessionLimit.values()) {
            Value value = values.get(limit.serverSetting());
            if (value != null) {
                limits.put(limit, value.millis());
            }
        }
        return limits;
    }
}
