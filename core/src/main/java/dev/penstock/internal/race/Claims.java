package dev.penstock.internal.race;

import java.time.Duration;

/**
 * What every address is owed, whatever the others do: a little time of its own, for TCP and session
 * together. Nobody who is owed time gives way, and the next one starts early enough for all that is owed
 * to fit into what is left.
 *
 * <p>With H hosts and n addresses a claim is deadline / (H (n + 1)), at most {@link RaceRules#CLAIM}; it
 * shrinks as more addresses become known. Who becomes known so late that its claim does not fit has a
 * smaller one or none: it takes what the others leave. The sum of what is owed to everybody is then never
 * more than what is left: it shrinks as fast as time passes while somebody spends a claim, and before
 * there is no time to lose, somebody does.
 */
final class Claims {
    private static final long TICKS_ARE_LATE_BY = Duration.ofMillis(2).toNanos();

    private final Roster roster;
    private final long timePerHost;

    Claims(Roster roster, Course course) {
        this.roster = roster;
        this.timePerHost = course.deadline() / course.hosts().size();
    }

    /** A newcomer's claim: as much as is not owed to others until {@code end}. */
    void grant(Entrant newcomer, long now, long end) {
        long most = Math.min(RaceRules.CLAIM, timePerHost / (roster.all().size() + 1));
        for (Entrant known : roster.all()) {
            known.claim = Math.min(known.claim, most);
        }
        newcomer.claim = Math.max(0, Math.min(most, end - now - owed(now)));
    }

    /** When nobody spends a claim any more: not before that is anybody pushed on for the sake of fairness. */
    long spentAt(long now) {
        long longest = 0;
        for (Entrant entrant : roster.all()) {
            longest = entrant.live() ? Math.max(longest, entrant.owed(now)) : longest;
        }
        return now + longest;
    }

    /** When the first of those that are being dialled has had its time. */
    long placeAt(long now) {
        long least = Long.MAX_VALUE;
        for (Entrant entrant : roster.all()) {
            least = entrant.is(Entrant.State.DIALLING) ? Math.min(least, entrant.owed(now)) : least;
        }
        return least == Long.MAX_VALUE ? now : now + least;
    }

    /** When the next one has to start at the latest for all that is owed to fit into the time until {@code end}. */
    long latestStart(long now, long end) {
        return end - owed(now) + (spentAt(now) - now) - lateness(now);
    }

    /** Whoever ticks does so a little late, each time. */
    private long lateness(long now) {
        long sum = 0;
        for (Entrant entrant : roster.all()) {
            sum += entrant.waiting() && entrant.owed(now) > 0 ? TICKS_ARE_LATE_BY : 0;
        }
        return sum;
    }

    private long owed(long now) {
        long sum = 0;
        for (Entrant entrant : roster.all()) {
            sum += entrant.owed(now);
        }
        return sum;
    }
}
