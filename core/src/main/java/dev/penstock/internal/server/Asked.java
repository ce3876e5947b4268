package dev.penstock.internal.server;

import dev.penstock.SessionLimit;
import org.jspecify.annotations.Nullable;

/**
 * One setting that a server is asked for.
 *
 * @param name as the server calls it
 * @param millis its value, zero for none
 * @param since first {@code server_version_num} that knows it, 0 if all do
 * @param limit which limit it is; null if it is none
 */
record Asked(String name, long millis, int since, @Nullable SessionLimit limit) {
    static Asked of(SessionLimit limit, long millis) {
        return new Asked(limit.serverSetting(), millis, limit.sinceVersion(), limit);
    }

    boolean isKnownTo(int versionNum) {
        return versionNum >= since;
    }
}
