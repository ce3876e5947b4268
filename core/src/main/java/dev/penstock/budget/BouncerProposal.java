package dev.penstock.budget;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * PgBouncer in transaction mode between the services and a server that cannot take them all. A server connection is
 * lent for one transaction instead of for the life of a pool.
 *
 * @param tier what stands in between
 * @param plan the plan with it: services that were connected to the server go through it
 * @param rationale why its numbers are what they are
 */
public record BouncerProposal(BouncerTier tier, Plan plan, List<String> rationale) {
    /** Of what one instance may open, one part in six is the reserve: 25 + 5 of 30. */
    private static final int RESERVE_PARTS = 6;

    /** A PgBouncer is one thread; this is what one serves with ease. */
    private static final long CLIENTS_OF_ONE = 10_000;

    /** Copies the list. */
    public BouncerProposal {
        rationale = List.copyOf(rationale);
    }

    /**
     * For that plan, with the pool sizes that it declares; null if PgBouncer does not help: fixed clients and tiers
     * leave nothing over, or the clients are more than so few instances can be told to take.
     */
    static @Nullable BouncerProposal of(Plan plan) {
        Account account = Account.ofServer(plan);
        long clients = clients(account, plan);
        long left = left(account, plan);
        if (left < 1) {
            return null;
        }
        // one more than are needed, so that one may fail or be renewed
        int instances = (int) Math.min(left, 1 + ceiling(clients, CLIENTS_OF_ONE));
        long each = ceiling(clients, Math.max(1, instances - 1));
        // so that they stay below the threshold; of more than that nobody is to lose count
        long room = Math.max(
                1,
                ceiling(
                        Math.min(each, Integer.MAX_VALUE) * 100,
                        plan.thresholds().rollout()));
        if (room > Bounds.MOST) {
            return null;
        }
        BouncerTier tier = tier(name(plan), instances, (int) (left / instances), (int) room);
        return new BouncerProposal(tier, rerouted(plan, tier), rationale(account, tier, left, clients));
    }

    /** Why there is none. */
    static String whyNot(Plan plan) {
        Account account = Account.ofServer(plan);
        return "nor would PgBouncer in front of the server help: fixed clients and tiers leave "
                + Math.max(0, left(account, plan)) + " of " + account.usable() + " connections for "
                + clients(account, plan) + " clients";
    }

    private static long clients(Account account, Plan plan) {
        return worst(account.withServicesAlone(), plan);
    }

    private static long worst(Account account, Plan plan) {
        return account.balance(plan.thresholds(), plan.rolloutsAtOnce())
                .rollout()
                .demand();
    }

    private static long ceiling(long number, long divisor) {
        return (number + divisor - 1) / divisor;
    }

    /** Within the thresholds if that is anything, else all that there is. */
    private static long left(Account account, Plan plan) {
        int percent = Math.min(plan.thresholds().steady(), plan.thresholds().rollout());
        long others = worst(account.withoutServices(), plan);
        long within = Verdict.share(account.usable(), percent) - others;
        return within >= 1 ? within : account.usable() - others;
    }

    private static BouncerTier tier(String name, int instances, int each, int clients) {
        int reserve = each / RESERVE_PARTS;
        return BouncerTier.of(name)
                .withInstances(instances, Rollout.IN_PLACE)
                .withPoolSize(each - reserve, reserve, each)
                .withMaxClientConn(clients);
    }

    private static String name(Plan plan) {
        Set<String> taken = plan.tiers().stream().map(BouncerTier::name).collect(Collectors.toCollection(TreeSet::new));
        String name = "pgbouncer";
        for (int i = 2; taken.contains(name); i++) {
            name = "pgbouncer-" + i;
        }
        return name;
    }

    private static Plan rerouted(Plan plan, BouncerTier tier) {
        return plan.and(tier)
                .withServices(plan.services().stream()
                        .map(service -> service.via() == null ? service.withVia(tier.name()) : service)
                        .toList());
    }

    private static List<String> rationale(Account account, BouncerTier tier, long left, long clients) {
        List<String> why = new ArrayList<>();
        why.add("pool_mode = transaction: a server connection is lent for one transaction, so " + clients
                + " client connections need no more than " + left + " of the server's");
        why.add("instances: " + tier.instances()
                + (tier.instances() > 1 ? ", of which one may fail or be renewed" : ""));
        why.add("max_db_connections = " + tier.maxDbConnections() + ": " + left + " of " + account.usable()
                + " usable connections are left for PgBouncer, divided by " + tier.instances());
        why.add("default_pool_size = " + tier.defaultPoolSize() + ", reserve_pool_size = " + tier.reservePoolSize()
                + ": together max_db_connections, for one user and one database; one part in " + RESERVE_PARTS
                + " is kept for when clients wait");
        why.add("max_client_conn = " + tier.maxClientConn() + ": " + clients
                + " clients at the worst moment, with one instance missing, and some to spare; the process needs as"
                + " many file descriptors, and those of its server connections");
        account.services().stream()
                .filter(service -> service.threads().deadlockFloor() > tier.defaultPoolSize())
                .forEach(service -> why.add(deadlock(service)));
        return why;
    }

    private static String deadlock(Service service) {
        return "warning: " + service.name() + " takes several connections per thread: its threads can wait for each"
                + " other for ever in PgBouncer too, unless default_pool_size is at least "
                + service.threads().deadlockFloor();
    }

    /** A complete {@code pgbouncer.ini} of one instance, which says why. */
    public String ini(BouncerIni.Target target) {
        return BouncerIni.of(tier, target, rationale);
    }
}
