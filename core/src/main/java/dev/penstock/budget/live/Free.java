package dev.penstock.budget.live;

import dev.penstock.budget.ServerLimits;
import dev.penstock.budget.Term;
import java.util.ArrayList;
import java.util.List;

/**
 * How many more connections a server takes. The session that asked is counted as free, because it ends; but not behind
 * a pooler, where it is the pooler's and stays. Unknown sessions count as clients, so that there may be more than this.
 * For a moment there may be fewer: a client holds a connection while it is logging in already, which servers before
 * PostgreSQL 18 show to nobody, and later ones not to a plain role.
 *
 * @param toOrdinaryRoles without {@code superuser_reserved_connections} and {@code reserved_connections}; the next
 *     connection after these is refused with SQLState 53300
 * @param toRole that asked: with what is reserved for such as it, and with the limits of the role and of the database,
 *     which PostgreSQL does not apply to superusers
 * @param terms how the first comes about
 * @param limits how the second does, the least of which counts
 */
public record Free(int toOrdinaryRoles, int toRole, List<Term> terms, List<Term> limits) {
    /** Copies the lists. */
    public Free {
        terms = List.copyOf(terms);
        limits = List.copyOf(limits);
    }

    static Free of(Reading reading) {
        ServerFacts server = reading.server();
        int sessions = reading.census().sessions();
        int leaving = reading.leaving();
        List<Term> terms = List.of(
                given("max_connections", server.maxConnections()),
                given("superuser_reserved_connections", -server.superuserReserved()),
                given("reserved_connections", -server.reserved()),
                given("sessions", -sessions),
                given("the one that asked, which ends", leaving));
        List<Term> limits = limits(reading, sessions, leaving);
        long least = limits.stream().mapToLong(Term::connections).min().orElse(0);
        return new Free(
                notNegative(terms.stream().mapToLong(Term::connections).sum()), notNegative(least), terms, limits);
    }

    private static List<Term> limits(Reading reading, int sessions, int leaving) {
        ServerFacts server = reading.server();
        List<Term> limits = new ArrayList<>();
        limits.add(less("on the server", server.forRole(), sessions, leaving));
        if (!server.superuser() && server.roleLimit() != ServerLimits.NO_LIMIT) {
            int taken = reading.census().ofUser(server.role());
            limits.add(less("to role " + server.role(), server.roleLimit(), taken, leaving));
        }
        if (!server.superuser() && server.databaseLimit() != ServerLimits.NO_LIMIT) {
            int taken = reading.census().inDatabase(server.database());
            limits.add(less("in database " + server.database(), server.databaseLimit(), taken, leaving));
        }
        return limits;
    }

    private static Term less(String name, int limit, int taken, int leaving) {
        String formula = limit + " - " + taken + (leaving == 0 ? "" : " + " + leaving);
        return new Term(name, formula, (long) limit - taken + leaving);
    }

    private static Term given(String name, long connections) {
        return new Term(name, "", connections);
    }

    private static int notNegative(long connections) {
        return Math.toIntExact(Math.max(0, connections));
    }

    /** Whether the next connection is refused (SQLState 53300): an ordinary role's, or that of the role that asked. */
    public boolean none() {
        return toOrdinaryRoles == 0 || toRole == 0;
    }

    /** Both sums. */
    List<String> explain(String role) {
        List<String> lines = new ArrayList<>();
        lines.add("free to ordinary roles: " + toOrdinaryRoles);
        terms.forEach(term -> lines.add("  " + term));
        lines.add("free to " + role + ", the least of these, or none: " + toRole);
        limits.forEach(term -> lines.add("  " + term));
        return lines;
    }
}
