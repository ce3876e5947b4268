package dev.penstock.budget;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Whether a plan fits.
 *
 * @param server what is connected to the server: services without PgBouncer, PgBouncers, fixed clients
 * @param tiers what is connected to each PgBouncer tier
 * @param warnings what no sum shows: pools in which threads can wait for each other for ever
 */
public record Assessment(Balance server, List<Balance> tiers, List<String> warnings) {
    /** Copies the lists. */
    public Assessment {
        tiers = List.copyOf(tiers);
        warnings = List.copyOf(warnings);
    }

    /** Adds it up. */
    public static Assessment of(Plan plan) {
        List<Balance> tiers = plan.tiers().stream()
                .map(tier -> balance(Account.ofClients(tier, plan), plan))
                .toList();
        return new Assessment(balance(Account.ofServer(plan), plan), tiers, warnings(plan));
    }

    private static Balance balance(Account account, Plan plan) {
        return account.balance(plan.thresholds(), plan.rolloutsAtOnce());
    }

    private static List<String> warnings(Plan plan) {
        return plan.services().stream()
                .filter(service -> service.poolSize() < service.threads().deadlockFloor())
                .map(Assessment::deadlock)
                .toList();
    }

    private static String deadlock(Service service) {
        ThreadUse threads = service.threads();
        return service.name() + ": " + threads.threads() + " threads with " + threads.connectionsPerThread()
                + " connections each can wait for each other for ever in a pool of " + service.poolSize()
                + "; it takes " + threads.threads() + " x (" + threads.connectionsPerThread() + " - 1) + 1 = "
                + threads.deadlockFloor();
    }

    /** The worst of all. */
    public Verdict verdict() {
        return tiers.stream().map(Balance::verdict).reduce(server.verdict(), Verdict::or);
    }

    /** {@link Balance#headline} of the first that has that verdict, the server before the tiers. */
    public String headline() {
        return Stream.concat(Stream.of(server), tiers.stream())
                .filter(balance -> balance.verdict() == verdict())
                .findFirst()
                .orElse(server)
                .headline();
    }

    /** Every line of every sum. */
    public List<String> explain() {
        List<String> lines = new ArrayList<>(server.explain());
        tiers.forEach(tier -> lines.addAll(tier.explain()));
        warnings.forEach(warning -> lines.add("warning: " + warning));
        return lines;
    }
}
