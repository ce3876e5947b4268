package dev.penstock.internal.server;

import dev.penstock.SessionLimit;
import java.util.List;
import java.util.stream.Collectors;

/** What to tell a server so that sessions have their limits, whoever stands in between. */
final class RoleDefaults {
    private RoleDefaults() {}

    /**
     * Statements to paste: {@code ALTER ROLE "app" SET statement_timeout = '30000ms';}. Without idle_session_timeout,
     * which would end the pooler's own connections; empty if nothing is left.
     */
    static String statements(String user, Wanted wanted, int versionNum) {
        List<Asked> some = wanted.all().stream()
                .filter(asked -> asked.isKnownTo(versionNum) && asked.limit() != SessionLimit.IDLE_SESSION)
                .toList();
        return some.stream()
                .map(asked -> "ALTER ROLE " + Sql.identifier(user) + " SET " + asked.name() + " = '"
                        + time(asked.millis()) + "';")
                .collect(Collectors.joining(" "));
    }

    /** As a person would write it. */
    private static String time(long millis) {
        return millis % 1000 == 0 && millis > 0 ? millis / 1000 + "s" : millis == 0 ? "0" : millis + "ms";
    }
}
