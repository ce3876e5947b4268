package dev.penstock.budget.live;

import dev.penstock.budget.ServerLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A server's limits in place of those that a plan declares, and where the two differ. Those of a role and of a database
 * are only those of the services if these use both and nothing else: as far as their sessions show it. Where there are
 * none, a plan that declares a limit says that all of it is under that limit; and one that declares none, but has a
 * single service only, was compared with those that this uses.
 */
final class Limits {
    private final List<String> differences = new ArrayList<>();
    private final boolean complete;
    private final ServerLimits real;

    /**
     * Compares.
     *
     * @param roles of the plan's sessions
     * @param databases of the plan's sessions
     * @param complete whether nobody else of the plan's may have another role or database
     */
    Limits(ServerFacts server, ServerLimits declared, Set<String> roles, Set<String> databases, boolean complete) {
        this.complete = complete;
        ServerLimits found = server.appliedTo(declared);
        differs("max_connections", declared.maxConnections(), found.maxConnections());
        differs("superuser_reserved_connections", declared.superuserReserved(), found.superuserReserved());
        differs("reserved_connections", declared.reserved(), found.reserved());
        int role = limit("role", server.role(), roles, declared.roleLimit(), found.roleLimit());
        int database = limit("database", server.database(), databases, declared.databaseLimit(), found.databaseLimit());
        real = found.withRoleLimit(role).withDatabaseLimit(database);
    }

    private void differs(String name, int declared, int found) {
        if (declared != found) {
            differences.add(name + ": the plan says " + declared + ", the server has " + found);
        }
    }

    private int limit(String kind, String asked, Set<String> used, int declared, int found) {
        if (declared == found) {
            return declared;
        }
        String difference = "limit of " + kind + " " + asked + ": the plan says " + shown(declared)
                + ", the server has " + shown(found);
        String whyNot = whyNot(kind, asked, used, declared);
        differences.add(whyNot == null ? difference : difference + "; not applied, because " + whyNot);
        return whyNot == null ? found : declared;
    }

    private @Nullable String whyNot(String kind, String asked, Set<String> used, int declared) {
        if (!used.isEmpty() && !used.equals(Set.of(asked))) {
            return "the plan's sessions are of " + String.join(", ", used);
        }
        return complete || declared != ServerLimits.NO_LIMIT
                ? null
                : "it is not known whether all in the plan use this " + kind
                        + "; if they do, declare its limit in the plan";
    }

    private static String shown(int limit) {
        return limit == ServerLimits.NO_LIMIT ? "none" : Integer.toString(limit);
    }

    ServerLimits real() {
        return real;
    }

    List<String> differences() {
        return differences;
    }
}
