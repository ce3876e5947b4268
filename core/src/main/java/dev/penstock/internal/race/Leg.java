package dev.penstock.internal.race;

import dev.penstock.internal.target.HostPort;
import java.util.ArrayList;
import java.util.List;

/** One host of the URL: its look-up, its addresses, and its share of the time. Owned by {@link Race}. */
final class Leg {
    final HostPort host;
    /** No look-up and no address of ours: SOCKS proxy, a user's socket factory. */
    final boolean direct;
    /** Failed a moment ago: not worth a wait once a usable session is in hand. */
    private final boolean doubtful;

    final List<Entrant> entrants = new ArrayList<>();

    boolean opened;
    boolean lookingUp;
    boolean askedForLastAnswer;
    /** Refused for a reason that holds for every address of the host. */
    boolean answeredForAll;

    long openedAt;
    long headStartEndsAt;
    long shareEndsAt;
    /** When its first address may take the place of another host's, if it cannot start beside it. */
    long placeAt;

    Leg(Course.Host host) {
        this.host = host.host();
        this.direct = host.direct();
        this.doubtful = host.doubtful();
    }

    boolean staysOut(boolean sessionInHand) {
        return doubtful && sessionInHand;
    }

    /** When the look-up has used up its patience; never if it is over or that has been noticed. */
    long patienceEnds(long patience) {
        return lookingUp && !askedForLastAnswer ? openedAt + patience : Pace.NEVER;
    }

    /** Whether something can still come of this host. */
    boolean busy() {
        return lookingUp || trying();
    }

    /** Whether the next host has to wait for its turn: not for a name server that has stopped answering. */
    boolean holdsNextBack() {
        return trying() || (lookingUp && !askedForLastAnswer);
    }

    private boolean trying() {
        for (Entrant entrant : entrants) {
            if (entrant.live() || entrant.waiting()) {
                return true;
            }
        }
        return false;
    }
}
