package dev.penstock.budget.live;

import dev.penstock.budget.ServerLimits;
import java.util.Objects;

/**
 * What a server allows, and whom it was asked as.
 *
 * @param version {@code server_version_num}, for example 180001
 * @param maxConnections {@code max_connections}
 * @param superuserReserved {@code superuser_reserved_connections}
 * @param reserved {@code reserved_connections}; 0 before PostgreSQL 16, which does not have it
 * @param role that the session has logged in as ({@code session_user}): the one whose limit counts
 * @param roleLimit {@code CONNECTION LIMIT} of that role; {@link ServerLimits#NO_LIMIT} if it has none
 * @param database that the session is connected to
 * @param databaseLimit {@code CONNECTION LIMIT} of that database; {@link ServerLimits#NO_LIMIT} if it has none
 * @param superuser whether the role is one: all of {@code maxConnections} is for it, and no other limit holds for it
 * @param usesReserved whether {@code reserved} is for the role as well: it is a superuser or has the privileges of
 *     {@code pg_use_reserved_connections}
 * @param seesAll whether nothing was hidden from it: it is a superuser or has the privileges of
 *     {@code pg_read_all_stats}
 */
public record ServerFacts(
        int version,
        int maxConnections,
        int superuserReserved,
        int reserved,
        String role,
        int roleLimit,
        String database,
        int databaseLimit,
        boolean superuser,
        boolean usesReserved,
        boolean seesAll) {
    private static final int MOST = 1_000_000;

    /** No name is null. */
    public ServerFacts {
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(database, "database");
    }

    /**
     * A plan's limits with what the server really has in place of what was declared. What only the plan can know
     * remains: other consumers, head-room, memory. Of a superuser the limit of the role remains declared too, because
     * services do not log in as one.
     */
    public ServerLimits appliedTo(ServerLimits declared) {
        return new ServerLimits(
                maxConnections,
                superuserReserved,
                reserved,
                superuser ? declared.roleLimit() : bounded(roleLimit),
                bounded(databaseLimit),
                declared.others(),
                declared.headroom(),
                declared.memory());
    }

    /** A plan takes no number beyond 10^6. No server has as many connections, so that such a limit limits nothing. */
    private static int bounded(int limit) {
        return limit > MOST ? ServerLimits.NO_LIMIT : limit;
    }

    /** How many of the server's connections are for ordinary roles. */
    int forOrdinaryRoles() {
        return maxConnections - superuserReserved - reserved;
    }

    /** How many of them are for a role like the one that asked. */
    int forRole() {
        if (superuser) {
            return maxConnections;
        }
        return usesReserved ? maxConnections - superuserReserved : forOrdinaryRoles();
    }

    /** For example {@code 18.1}. */
    String versionText() {
        return version / 10_000 + "." + version % 10_000;
    }
}
