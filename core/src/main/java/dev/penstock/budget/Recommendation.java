package dev.penstock.budget;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The largest pools with which a plan {@link Verdict#FITS} at any moment, however rollouts and autoscalers fall
 * together. Where the smallest pools alone are {@link Verdict#TIGHT}, those are what is recommended. Where even they do
 * not fit, that is what {@link #shortfalls} says.
 *
 * @param sharing how it is shared out
 * @param sizes one for each service, in the order of the plan
 * @param plan the same plan with these sizes
 * @param shortfalls where even the smallest pools do not fit; empty: everything does
 * @param proposal PgBouncer in transaction mode in front of the server, if that is where they do not fit and that would
 *     help; else null
 */
public record Recommendation(
        Sharing sharing,
        List<PoolSize> sizes,
        Plan plan,
        List<String> shortfalls,
        @Nullable BouncerProposal proposal) {
    /** Copies the lists. */
    public Recommendation {
        sizes = List.copyOf(sizes);
        shortfalls = List.copyOf(shortfalls);
    }

    /** For the services of that plan, those behind a PgBouncer tier within what that takes. */
    public static Recommendation of(Plan plan, Sharing sharing) {
        Map<String, Integer> sizes = new HashMap<>();
        List<String> shortfalls = new ArrayList<>();
        for (Account account : accounts(plan)) {
            Balance least = least(account, plan);
            if (least.verdict() == Verdict.OVER) {
                shortfalls.add(shortfall(least));
            }
            int[] shares = least.verdict() == Verdict.FITS ? largest(account, plan, sharing) : leastSizes(account);
            for (int i = 0; i < shares.length; i++) {
                sizes.put(account.services().get(i).name(), shares[i]);
            }
        }
        return of(plan, sharing, sizes, shortfalls);
    }

    private static Recommendation of(Plan plan, Sharing sharing, Map<String, Integer> sizes, List<String> shortfalls) {
        List<Service> resized = new ArrayList<>();
        List<PoolSize> changes = new ArrayList<>();
        for (Service service : plan.services()) {
            int size = sizes.getOrDefault(service.name(), service.poolSize());
            resized.add(service.withPoolSize(size));
            changes.add(new PoolSize(service.name(), service.poolSize(), size));
        }
        boolean overOnServer = least(Account.ofServer(plan), plan).verdict() == Verdict.OVER;
        BouncerProposal proposal = overOnServer ? BouncerProposal.of(plan) : null;
        if (overOnServer && proposal == null) {
            shortfalls.add(BouncerProposal.whyNot(plan));
        }
        return new Recommendation(sharing, changes, plan.withServices(resized), shortfalls, proposal);
    }

    private static List<Account> accounts(Plan plan) {
        List<Account> accounts = new ArrayList<>();
        accounts.add(Account.ofServer(plan));
        plan.tiers().forEach(tier -> accounts.add(Account.ofClients(tier, plan)));
        return accounts;
    }

    private static Balance least(Account account, Plan plan) {
        return account.withPoolSizes(leastSizes(account)).balance(plan.thresholds(), plan.rolloutsAtOnce());
    }

    private static int[] leastSizes(Account account) {
        return account.services().stream()
                .mapToInt(service -> service.threads().deadlockFloor())
                .toArray();
    }

    private static int[] largest(Account account, Plan plan, Sharing sharing) {
        Room room = new Room(account, plan.thresholds(), plan.rolloutsAtOnce());
        return Allotment.largest(room, leastSizes(account), Rank.of(account.services(), sharing));
    }

    private static String shortfall(Balance least) {
        boolean always = least.steady().verdict() == Verdict.OVER;
        Moment worst = always ? least.steady() : least.rollout();
        String when = always ? "in steady state" : "at the worst moment of a rollout";
        return least.place() + ": even the smallest pools do not fit, " + when + " they come to " + worst.demand()
                + " of " + worst.usable();
    }

    /** Whether pools of the recommended sizes fit. */
    public boolean possible() {
        return shortfalls.isEmpty();
    }

    /** Sizes, shortfalls, the sum with the recommended sizes, and what is proposed instead. */
    public List<String> explain() {
        List<String> lines = new ArrayList<>(shortfalls);
        sizes.forEach(size -> lines.add(size.toString()));
        lines.addAll(Assessment.of(plan).explain());
        if (proposal != null) {
            lines.addAll(proposal.rationale());
        }
        return lines;
    }
}
