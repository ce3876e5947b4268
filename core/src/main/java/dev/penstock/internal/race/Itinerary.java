package dev.penstock.internal.race;

import dev.penstock.internal.target.HostPort;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/**
 * The hosts in their order, and when each has its turn: the first at once, every further one when those
 * before it have failed or have used up their head start. Owned by {@link Race}.
 *
 * <p>Loops rather than streams, here and in what else the rules consist of: each runs several times per
 * connect, and a JVM makes too few connects to compile a stream away.
 */
final class Itinerary {
    private final List<Leg> legs = new ArrayList<>();
    private final long deadline;
    private final long headStart;

    Itinerary(Course course) {
        course.hosts().forEach(host -> legs.add(new Leg(host)));
        this.deadline = course.deadline();
        this.headStart = course.headStart();
    }

    Leg leg(HostPort host) {
        for (Leg leg : legs) {
            if (leg.host.equals(host)) {
                return leg;
            }
        }
        throw new IllegalStateException("no such host in this race: " + host);
    }

    /**
     * Opens the hosts whose turn it is now, one after the other: {@code begin} may hold the next one back.
     *
     * @param sessionInHand whether a usable session is held: then hosts that failed a moment ago stay out
     */
    void openDue(long now, boolean sessionInHand, Consumer<Leg> begin) {
        for (int i = 0; i < legs.size(); i++) {
            Leg leg = legs.get(i);
            if (leg.opened || leg.staysOut(sessionInHand)) {
                continue;
            }
            boolean heldBack = heldBack(i);
            if (heldBack && now < headStartEnd()) {
                return;
            }
            leg.placeAt = heldBack ? latest(earlier -> earlier.shareEndsAt) : Pace.NEVER;
            open(leg, legs.size() - i, now);
            begin.accept(leg);
        }
    }

    private boolean heldBack(int index) {
        for (int i = 0; i < index; i++) {
            if (legs.get(i).holdsNextBack()) {
                return true;
            }
        }
        return false;
    }

    private void open(Leg leg, int hostsLeft, long now) {
        leg.opened = true;
        leg.openedAt = now;
        long share = (deadline - now) / hostsLeft;
        leg.shareEndsAt = now + share;
        leg.headStartEndsAt = now + Math.min(share, headStart);
        leg.lookingUp = !leg.direct;
    }

    /** When the next host has its turn at the latest. */
    long nextOpening(boolean sessionInHand) {
        for (Leg leg : legs) {
            if (!leg.opened && !leg.staysOut(sessionInHand)) {
                return headStartEnd();
            }
        }
        return Pace.NEVER;
    }

    /** Look-ups that have used up their patience and for which the last good answer was not asked for. */
    void overdueLookUps(long now, long patience, Consumer<Leg> overdue) {
        for (Leg leg : legs) {
            if (now >= leg.patienceEnds(patience)) {
                overdue.accept(leg);
            }
        }
    }

    long nextOverdueLookUp(long patience) {
        long next = Pace.NEVER;
        for (Leg leg : legs) {
            next = Math.min(next, leg.patienceEnds(patience));
        }
        return next;
    }

    /** Whether all hosts have had their turn and none has anything under way. */
    boolean exhausted(boolean sessionInHand) {
        for (Leg leg : legs) {
            if (leg.busy() || !(leg.opened || leg.staysOut(sessionInHand))) {
                return false;
            }
        }
        return true;
    }

    /**
     * Until when the addresses that wait are to be started: the end of the latest host's share. Not of its
     * head start: a short connectTimeout is no reason to hurry TLS and authentication.
     */
    long shareEnd(long now) {
        long end = latest(leg -> leg.shareEndsAt);
        return now < end ? end : deadline;
    }

    private long headStartEnd() {
        return latest(leg -> leg.headStartEndsAt);
    }

    private long latest(ToLongFunction<Leg> instant) {
        long latest = 0;
        for (Leg leg : legs) {
            latest = leg.opened ? Math.max(latest, instant.applyAsLong(leg)) : latest;
        }
        return latest;
    }
}
