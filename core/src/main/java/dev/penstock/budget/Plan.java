package dev.penstock.budget;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * A server and everything that connects to it.
 *
 * @param server what it allows
 * @param services with pools
 * @param tiers PgBouncers in front of the server
 * @param clients whose connections no rollout changes
 * @param thresholds when it is tight
 * @param rolloutsAtOnce how many services and tiers are rolled out at the same time at most; {@link #ALL_AT_ONCE} if
 *     nothing prevents it. The worst moment is when those are whose surges are the largest
 */
public record Plan(
        ServerLimits server,
        List<Service> services,
        List<BouncerTier> tiers,
        List<FixedClients> clients,
        Thresholds thresholds,
        int rolloutsAtOnce) {
    /** Any number of them. */
    public static final int ALL_AT_ONCE = Bounds.MOST;

    /** Every list has at most 10^5 entries with names of their own; a {@code via} names a tier of the plan. */
    public Plan {
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(thresholds, "thresholds");
        services = Bounds.named("services", services, Service::name);
        tiers = Bounds.named("tiers", tiers, BouncerTier::name);
        clients = Bounds.named("clients", clients, FixedClients::name);
        Bounds.between("rolloutsAtOnce", 1, Bounds.MOST, rolloutsAtOnce);
        Set<String> known = new TreeSet<>();
        tiers.forEach(tier -> known.add(tier.name()));
        for (int i = 0; i < services.size(); i++) {
            Bounds.oneOf(Bounds.at("services", i) + ".via", services.get(i).via(), known);
        }
        for (int i = 0; i < clients.size(); i++) {
            Bounds.oneOf(Bounds.at("clients", i) + ".via", clients.get(i).via(), known);
        }
    }

    /** Nobody connects to it yet. */
    public static Plan of(ServerLimits server) {
        return new Plan(server, List.of(), List.of(), List.of(), Thresholds.USUAL, ALL_AT_ONCE);
    }

    /** The same on another server. */
    public Plan withServer(ServerLimits other) {
        return new Plan(other, services, tiers, clients, thresholds, rolloutsAtOnce);
    }

    /** The same with these services instead. */
    public Plan withServices(List<Service> others) {
        return new Plan(server, others, tiers, clients, thresholds, rolloutsAtOnce);
    }

    /** The same with these tiers instead. */
    public Plan withTiers(List<BouncerTier> others) {
        return new Plan(server, services, others, clients, thresholds, rolloutsAtOnce);
    }

    /** The same with these fixed clients instead. */
    public Plan withClients(List<FixedClients> others) {
        return new Plan(server, services, tiers, others, thresholds, rolloutsAtOnce);
    }

    /** The same with one service more. */
    public Plan and(Service service) {
        return withServices(with(services, service));
    }

    /** The same with one tier more. */
    public Plan and(BouncerTier tier) {
        return withTiers(with(tiers, tier));
    }

    /** The same with fixed clients more. */
    public Plan and(FixedClients more) {
        return withClients(with(clients, more));
    }

    /** The same, tight from another part on. */
    public Plan withThresholds(Thresholds others) {
        return new Plan(server, services, tiers, clients, others, rolloutsAtOnce);
    }

    /** The same with so many rollouts at the same time. */
    public Plan withRolloutsAtOnce(int most) {
        return new Plan(server, services, tiers, clients, thresholds, most);
    }

    private static <T> List<T> with(List<T> list, T one) {
        List<T> longer = new ArrayList<>(list);
        longer.add(one);
        return longer;
    }
}
