package dev.penstock.budget;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One place that connections are made to, and who makes them.
 *
 * @param place the server, or a tier
 * @param usable how many it takes
 * @param supply how that comes about
 * @param services that connect to it
 * @param tiers that connect to it
 * @param clients that connect to it
 */
record Account(
        String place,
        long usable,
        List<Term> supply,
        List<Service> services,
        List<BouncerTier> tiers,
        List<FixedClients> clients) {
    static Account ofServer(Plan plan) {
        Supply supply = Supply.of(plan.server());
        return new Account(
                "server",
                supply.usable(),
                supply.terms(),
                servicesVia(null, plan),
                plan.tiers(),
                clientsVia(null, plan));
    }

    static Account ofClients(BouncerTier tier, Plan plan) {
        String formula =
                tier.instances() + " instance" + (tier.instances() == 1 ? "" : "s") + " x " + tier.maxClientConn();
        return new Account(
                tier.name(),
                tier.clients(),
                List.of(new Term("usable, max_client_conn", formula, tier.clients())),
                servicesVia(tier.name(), plan),
                List.of(),
                clientsVia(tier.name(), plan));
    }

    private static List<Service> servicesVia(@Nullable String tier, Plan plan) {
        return plan.services().stream()
                .filter(service -> Objects.equals(service.via(), tier))
                .toList();
    }

    private static List<FixedClients> clientsVia(@Nullable String tier, Plan plan) {
        return plan.clients().stream()
                .filter(client -> Objects.equals(client.via(), tier))
                .toList();
    }

    /** The same with pools of other sizes. */
    Account withPoolSizes(int[] sizes) {
        List<Service> resized = IntStream.range(0, sizes.length)
                .mapToObj(i -> services.get(i).withPoolSize(sizes[i]))
                .toList();
        return new Account(place, usable, supply, resized, tiers, clients);
    }

    /** The same without services. */
    Account withoutServices() {
        return new Account(place, usable, supply, List.of(), tiers, clients);
    }

    /** The same with services alone. */
    Account withServicesAlone() {
        return new Account(place, usable, supply, services, List.of(), List.of());
    }

    /** What no pool size and no rollout changes. */
    long fixed() {
        long ofClients = clients.stream().mapToLong(FixedClients::connections).sum();
        long ofTiers = tiers.stream()
                .mapToLong(tier -> Fleet.of(tier).largest().connections())
                .sum();
        return ofClients + ofTiers;
    }

    Balance balance(Thresholds thresholds, int rolloutsAtOnce) {
        List<Fleet> fleets = fleets();
        Set<Integer> rollingOut = largestSurges(fleets, rolloutsAtOnce);
        List<Term> steady = new ArrayList<>();
        List<Term> rollout = new ArrayList<>();
        for (int i = 0; i < fleets.size(); i++) {
            Fleet fleet = fleets.get(i);
            steady.add(fleet.steady());
            rollout.add(rollingOut.contains(i) ? fleet.rollingOut() : fleet.largest());
        }
        clients.forEach(client -> steady.add(Term.given(client.name(), client.connections())));
        clients.forEach(client -> rollout.add(Term.given(client.name(), client.connections())));
        return new Balance(
                place,
                supply,
                new Moment(steady, usable, thresholds.steady()),
                new Moment(rollout, usable, thresholds.rollout()));
    }

    private List<Fleet> fleets() {
        List<Fleet> fleets = new ArrayList<>();
        services.forEach(service -> fleets.add(Fleet.of(service)));
        tiers.forEach(tier -> fleets.add(Fleet.of(tier)));
        return fleets;
    }

    /** Which of them are rolled out at the worst moment. */
    private static Set<Integer> largestSurges(List<Fleet> fleets, int most) {
        Set<Integer> largest = new HashSet<>();
        IntStream.range(0, fleets.size())
                .boxed()
                .sorted(Comparator.comparingLong((Integer i) -> fleets.get(i).surge())
                        .reversed())
                .limit(most)
                .forEach(largest::add);
        return largest;
    }
}
