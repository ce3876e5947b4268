package dev.penstock.internal.race;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * When the next address is due. Stateless but for the two clocks that every start winds up.
 *
 * <p>Three rules, the earliest counts:
 *
 * <ul>
 *   <li>while no session is open, TCP attempts follow each other by the attempt delay (RFC 8305);
 *   <li>while sessions are open, the next address is due once all of them have been silent for longer
 *       than their patience: TLS and authentication are dear, so they run on one address while it talks;
 *   <li>starts are spread evenly over what is left, and are early enough for everybody's {@link Claims}.
 * </ul>
 */
final class Pace {
    static final long NEVER = Long.MAX_VALUE;

    private final RaceRules rules;
    private final ToLongFunction<Entrant> lastHeard;
    private final Claims claims;

    private long lastStart;
    private long fairAt = NEVER;
    private boolean hurry;

    Pace(RaceRules rules, ToLongFunction<Entrant> lastHeard, Claims claims) {
        this.rules = rules;
        this.lastHeard = lastHeard;
        this.claims = claims;
    }

    /** An address was started; {@code waiting} are left for the time until {@code end}. */
    void started(long now, int waiting, long end) {
        lastStart = now;
        hurry = false;
        fairAt = share(now, waiting, end);
    }

    /** Addresses became known: those who wait must fit into what is left. */
    void joined(long now, int waiting, long end) {
        fairAt = Math.min(fairAt, share(now, waiting, end));
    }

    /** The turn of a further host has come: its first address is due then, whatever the others do. */
    void turn(long at) {
        fairAt = Math.min(fairAt, at);
    }

    private static long share(long now, int waiting, long end) {
        return waiting == 0 ? NEVER : now + Math.max(0, end - now) / (waiting + 1);
    }

    /** An attempt failed: no reason to sit out the delay. */
    void hurry() {
        hurry = true;
    }

    /**
     * When the next address is due, given who is in the race; {@code now} or earlier means at once.
     *
     * @param end until when those who wait are to be started
     */
    long dueAt(long now, List<Entrant> entrants, long end) {
        List<Entrant> sessions = new ArrayList<>();
        int dialling = 0;
        for (Entrant entrant : entrants) {
            if (entrant.is(Entrant.State.SESSION)) {
                sessions.add(entrant);
            } else if (entrant.is(Entrant.State.DIALLING)) {
                dialling++;
            }
        }
        if (sessions.isEmpty() && dialling == 0) {
            return now;
        }
        long ruled = rules.racing() ? racingDue(now, entrants, sessions, dialling) : NEVER;
        return Math.min(ruled, fairDue(now, end));
    }

    private long fairDue(long now, long end) {
        return Math.max(claims.spentAt(now), Math.min(fairAt, claims.latestStart(now, end)));
    }

    private long racingDue(long now, List<Entrant> entrants, List<Entrant> sessions, int dialling) {
        long delayed = hurry
                ? now
                : lastStart + (dialling >= 2 ? rules.crowdedDelay() : dialling == 1 ? rules.attemptDelay() : 0);
        if (dialling >= RaceRules.MAX_DIALLING) {
            delayed = Math.max(delayed, claims.placeAt(now)); // somebody has to give way, and only who has had its time
        }
        if (sessions.isEmpty()) {
            boolean ready = entrants.stream().anyMatch(e -> e.is(Entrant.State.RESERVE));
            return ready ? now : delayed;
        }
        long allSilentAt = sessions.stream()
                .mapToLong(s -> patienceEndsAt(s, sessions))
                .max()
                .orElse(now);
        return Math.max(allSilentAt, delayed);
    }

    /** Last byte from the server, or the opening of the session if none has come. */
    long heard(Entrant session) {
        return Math.max(session.openedAt, lastHeard.applyAsLong(session));
    }

    boolean silent(Entrant session, long now) {
        return now >= silentAt(session);
    }

    private long silentAt(Entrant session) {
        return heard(session) + rules.crowdedPatience();
    }

    /** Not a function of now: two others that fall silent later shorten the patience at that moment. */
    private long patienceEndsAt(Entrant session, List<Entrant> sessions) {
        long twoOthersSilentAt = sessions.stream()
                .filter(s -> s != session)
                .mapToLong(this::silentAt)
                .sorted()
                .skip(1)
                .findFirst()
                .orElse(NEVER);
        return Math.min(heard(session) + rules.patience(), Math.max(silentAt(session), twoOthersSilentAt));
    }
}
