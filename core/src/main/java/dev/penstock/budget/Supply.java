package dev.penstock.budget;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * How many connections there are for services and fixed clients: the least of what the server, its memory, the role and
 * the database leave over.
 *
 * @param usable zero if everything is spoken for
 * @param terms how it comes about, the last line is the result
 */
public record Supply(int usable, List<Term> terms) {
    /** Copies the list. */
    public Supply {
        terms = List.copyOf(terms);
    }

    /** Of that server. */
    public static Supply of(ServerLimits limits) {
        List<Term> ofServer = ofServer(limits);
        List<Term> left = left(limits, ofServer);
        long least = left.stream().mapToLong(Term::connections).min().orElse(0);
        int usable = Math.toIntExact(Math.max(0, least));
        List<Term> terms = new ArrayList<>(ofServer);
        if (left.size() > 1 || least < 0) {
            terms.addAll(left);
        }
        terms.add(Term.given(name(left.size(), least), usable));
        return new Supply(usable, terms);
    }

    private static String name(int limits, long least) {
        String name = limits > 1 ? "usable, the least of what is left" : "usable";
        return least < 0 ? name + ", none" : name;
    }

    /** Without lines that take nothing away. */
    private static List<Term> ofServer(ServerLimits limits) {
        Headroom free = limits.headroom();
        return Stream.of(
                        Term.given("max_connections", limits.maxConnections()),
                        Term.given("superuser_reserved_connections", -limits.superuserReserved()),
                        Term.given("reserved_connections", -limits.reserved()),
                        Term.given("other consumers", -limits.others()),
                        Term.given("head-room for migrations", -free.migrations()),
                        Term.given("head-room for monitoring", -free.monitoring()),
                        Term.given("head-room for people", -free.people()))
                .filter(term -> term.connections() != 0)
                .toList();
    }

    /** Migrations log in as the application, monitoring and people do not; all of them into its database. */
    private static List<Term> left(ServerLimits limits, List<Term> ofServer) {
        Headroom free = limits.headroom();
        int inDatabase = free.migrations() + free.monitoring() + free.people();
        List<Term> left = new ArrayList<>();
        left.add(Term.given(
                "left on the server",
                ofServer.stream().mapToLong(Term::connections).sum()));
        Memory memory = limits.memory();
        if (memory != null) {
            left.add(inMemory(memory, limits.others() + inDatabase));
        }
        if (limits.roleLimit() != ServerLimits.NO_LIMIT) {
            left.add(less("left to the role", limits.roleLimit(), free.migrations()));
        }
        if (limits.databaseLimit() != ServerLimits.NO_LIMIT) {
            left.add(less("left in the database", limits.databaseLimit(), inDatabase));
        }
        return left;
    }

    private static Term inMemory(Memory memory, int taken) {
        String formula = memory.forConnections() + " MiB / " + memory.perConnection() + " MiB - " + taken;
        return new Term("left in memory", formula, memory.connections() - taken);
    }

    private static Term less(String name, int limit, int taken) {
        return new Term(name, limit + " - " + taken, limit - taken);
    }
}
