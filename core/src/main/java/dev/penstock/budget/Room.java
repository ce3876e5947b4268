package dev.penstock.budget;

import java.util.Arrays;
import java.util.List;

/**
 * What the pools of an account's services may add up to. Pure arithmetic on arrays, because it is asked thousands of
 * times for one recommendation.
 */
final class Room {
    private final long steadyLimit;
    private final long rolloutLimit;
    private final int rolloutsAtOnce;
    /** How many connections one more in every pool of a service adds: as a rule, at most, and in a rollout. */
    private final long[] steady;

    private final long[] largest;
    /** And behind those of the services the surges of the tiers, which no pool size changes. */
    private final long[] surges;

    private final long surgesOfTiers;

    /** What is left within the thresholds of what else there is in the account. */
    Room(Account account, Thresholds thresholds, int rolloutsAtOnce) {
        steadyLimit = Verdict.share(account.usable(), thresholds.steady()) - account.fixed();
        rolloutLimit = Verdict.share(account.usable(), thresholds.rollout()) - account.fixed();
        this.rolloutsAtOnce = rolloutsAtOnce;
        List<Fleet> units = account.services().stream()
                .map(service -> Fleet.of(service.withPoolSize(1)))
                .toList();
        steady = units.stream().mapToLong(unit -> unit.steady().connections()).toArray();
        largest = units.stream().mapToLong(unit -> unit.largest().connections()).toArray();
        List<Fleet> fleets = account.tiers().stream().map(Fleet::of).toList();
        surges = Arrays.copyOf(units.stream().mapToLong(Fleet::surge).toArray(), units.size() + fleets.size());
        for (int i = 0; i < fleets.size(); i++) {
            surges[units.size() + i] = fleets.get(i).surge();
        }
        surgesOfTiers = fleets.stream().mapToLong(Fleet::surge).sum();
    }

    /** Whether pools of these sizes fit at any time. */
    boolean holds(int[] sizes) {
        return sum(steady, sizes) <= steadyLimit && sum(largest, sizes) + largestSurges(sizes) <= rolloutLimit;
    }

    private static long sum(long[] units, int[] sizes) {
        long sum = 0;
        for (int i = 0; i < sizes.length; i++) {
            sum += units[i] * sizes[i];
        }
        return sum;
    }

    private long largestSurges(int[] sizes) {
        if (rolloutsAtOnce >= surges.length) {
            return sum(surges, sizes) + surgesOfTiers;
        }
        long[] all = surges.clone();
        for (int i = 0; i < sizes.length; i++) {
            all[i] *= sizes[i];
        }
        Arrays.sort(all);
        return Arrays.stream(all, all.length - rolloutsAtOnce, all.length).sum();
    }
}
