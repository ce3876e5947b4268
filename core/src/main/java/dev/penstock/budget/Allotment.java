package dev.penstock.budget;

import java.util.Comparator;
import java.util.List;
import java.util.function.LongPredicate;

/**
 * The largest pools that fit. The sizes of a rank are a chain: with {@code shares} connections per weight everybody has
 * its weight times that, rounded down, and at least and at most what it may have. They grow with the shares, so the
 * last link that fits is found by halving; all of it in whole numbers, a share being a fraction of two of them.
 */
final class Allotment {
    /**
     * So many connections for so many weights. Fractions of weights up to 10^6 and of sizes up to 10^6, so that
     * products stay below 10^19.
     */
    private record Fraction(long shares, long per) {
        static final Comparator<Fraction> BY_VALUE = (a, b) -> Long.compare(a.shares * b.per, b.shares * a.per);
    }

    private final Room room;
    private final int[] sizes;

    private Allotment(Room room, int[] least) {
        this.room = room;
        this.sizes = least;
    }

    /** Pools of at least that, which is known to fit. */
    static int[] largest(Room room, int[] least, List<Rank> ranks) {
        Allotment allotment = new Allotment(room, least.clone());
        ranks.forEach(allotment::serve);
        return allotment.sizes;
    }

    private void serve(Rank rank) {
        long heaviest =
                rank.members().stream().mapToLong(Rank.Member::weight).max().orElse(1);
        long enough = rank.members().stream()
                .mapToLong(member -> (member.most() * heaviest + member.weight() - 1) / member.weight())
                .max()
                .orElse(0);
        long shares = last(enough, n -> fits(rank, new Fraction(n, heaviest)));
        List<Fraction> steps = stepsWithin(rank, shares, heaviest);
        int step = (int) last(steps.size(), n -> n == 0 || fits(rank, steps.get((int) n - 1)));
        set(rank, step == 0 ? new Fraction(shares, heaviest) : steps.get(step - 1));
    }

    /**
     * The heaviest has whole sizes at {@code shares / heaviest}. Where lighter ones come to their next size before it
     * does.
     */
    private static List<Fraction> stepsWithin(Rank rank, long shares, long heaviest) {
        return rank.members().stream()
                .map(member -> new Fraction(shares * member.weight() / heaviest + 1, member.weight()))
                .filter(step -> step.shares * heaviest < (shares + 1) * step.per)
                .sorted(Fraction.BY_VALUE)
                .toList();
    }

    private boolean fits(Rank rank, Fraction fraction) {
        set(rank, fraction);
        return room.holds(sizes);
    }

    private void set(Rank rank, Fraction fraction) {
        for (Rank.Member member : rank.members()) {
            sizes[member.index()] = member.size(fraction.shares, fraction.per);
        }
    }

    /** The last from 0 to that for which it holds; for 0 it does, and often it does for all. */
    private static long last(long most, LongPredicate holds) {
        if (holds.test(most)) {
            return most;
        }
        long low = 0;
        long high = most - 1;
        while (low < high) {
            long middle = low + (high - low + 1) / 2;
            if (holds.test(middle)) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }
}
