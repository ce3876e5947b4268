package dev.penstock.internal.race;

import dev.penstock.internal.race.Entrant.State;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Who is in the race, in the order in which they became known. Owned by {@link Race}. */
final class Roster {
    private final List<Entrant> entrants = new ArrayList<>();

    Entrant enter(Leg leg, @Nullable InetAddress address) {
        Entrant entrant = new Entrant(entrants.size(), leg.host, address);
        entrants.add(entrant);
        leg.entrants.add(entrant);
        return entrant;
    }

    List<Entrant> all() {
        return entrants;
    }

    List<Entrant> in(State state) {
        return select(entrant -> entrant.is(state));
    }

    List<Entrant> select(Predicate<Entrant> which) {
        List<Entrant> selected = new ArrayList<>();
        for (Entrant entrant : entrants) {
            if (which.test(entrant)) {
                selected.add(entrant);
            }
        }
        return selected;
    }

    int count(State state) {
        int count = 0;
        for (Entrant entrant : entrants) {
            if (entrant.is(state)) {
                count++;
            }
        }
        return count;
    }

    int sessions() {
        return count(State.SESSION);
    }

    int waiting() {
        return count(State.UNTRIED) + count(State.RESERVE);
    }

    @Override
    public String toString() {
        return entrants.toString();
    }
}
