package dev.penstock.budget.live;

import dev.penstock.budget.ServerLimits;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers of servers that do not exist. */
final class Facts {
    private static final int NONE = ServerLimits.NO_LIMIT;

    private Facts() {}

    /** As a plain role, app, sees it in database shop: 3 reserved for superusers, no limits. */
    static ServerFacts server(int maxConnections) {
        return new ServerFacts(180001, maxConnections, 3, 0, "app", NONE, "shop", NONE, false, false, false);
    }

    static ServerFacts limited(int maxConnections, int roleLimit, int databaseLimit) {
        return new ServerFacts(
                180001, maxConnections, 3, 0, "app", roleLimit, "shop", databaseLimit, false, false, false);
    }

    /** The same as a superuser sees it. */
    static ServerFacts toSuperuser(ServerFacts facts) {
        return new ServerFacts(
                facts.version(),
                facts.maxConnections(),
                facts.superuserReserved(),
                facts.reserved(),
                facts.role(),
                facts.roleLimit(),
                facts.database(),
                facts.databaseLimit(),
                true,
                true,
                true);
    }

    static Group idle(String application, int sessions) {
        return of(application, "app", "idle", sessions);
    }

    static Group of(String application, String user, @Nullable String state, int sessions) {
        return new Group(application, user, "shop", state, state == null, false, sessions);
    }

    /** The session that asks. */
    static Group own() {
        return new Group("penstock-budget", "app", "shop", "active", false, true, 1);
    }

    static Reading reading(ServerFacts server, Group... groups) {
        return new Reading("db:5432", server, new Census(List.of(groups)), null);
    }
}
