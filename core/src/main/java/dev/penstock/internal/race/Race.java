package dev.penstock.internal.race;

import dev.penstock.internal.race.Entrant.State;
import dev.penstock.internal.race.Move.Reason;
import dev.penstock.internal.target.HostPort;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The rules by which the addresses of all hosts race for one session, under one deadline.
 *
 * <p>Events go in, {@link Move}s come out. There is no clock, thread or socket in here: time is an
 * argument, nanoseconds since the start of the race, so every schedule can be played in a test. Not
 * thread-safe: whoever brings events holds one lock.
 *
 * <p>Only TCP races freely (RFC 8305). A session costs the server a process and both sides
 * cryptography, so the next address gets one only when those before have fallen silent, at most
 * {@link RaceRules#maxSessions} are open, and the oldest silent one gives way only to an address that
 * has not had its chance. The last ones stay until the deadline: a service that is slow everywhere must
 * still connect. Hosts follow each other in the same manner: the next one comes <em>beside</em> the
 * earlier when that has used up its head start, or instead of it when it has failed.
 */
public final class Race {
    /** How the race stands. */
    public enum Verdict {
        /** Not decided. */
        RUNNING,
        /** {@link Race#winner()} has a usable session. */
        WON,
        /** Nobody is left to try. */
        FAILED,
        /** The deadline is over. */
        EXPIRED,
        /** The caller does not wait any longer. */
        ABANDONED
    }

    private final RaceRules rules;
    private final long deadline;
    private final Roster roster = new Roster();
    private final Claims claims;
    private final Pace pace;
    private final Itinerary hosts;
    private final List<Move> moves = new ArrayList<>();

    private Verdict verdict = Verdict.RUNNING;
    private @Nullable Entrant winner;
    private @Nullable Entrant fallback;
    private long settlesAt = Pace.NEVER;

    /**
     * A race that has not started.
     *
     * @param lastHeard time of the last byte that the entrant's server sent, any time in the past if none
     */
    public Race(RaceRules rules, Course course, ToLongFunction<Entrant> lastHeard) {
        this.rules = rules;
        this.deadline = course.deadline();
        this.claims = new Claims(roster, course);
        this.pace = new Pace(rules, lastHeard, claims);
        this.hosts = new Itinerary(course);
    }

    // ---- events -------------------------------------------------------------------------------

    /** Time has passed; the first call starts the race. */
    public List<Move> tick(long now) {
        return step(now);
    }

    /** The look-up is over and has given these addresses, in the order in which to try them. */
    public List<Move> resolved(HostPort host, List<InetAddress> addresses, long now) {
        Leg leg = hosts.leg(host);
        leg.lookingUp = false;
        join(leg, addresses, now);
        return step(now);
    }

    /** The last good answer serves while the look-up goes on. */
    public List<Move> lastAnswer(HostPort host, List<InetAddress> addresses, long now) {
        join(hosts.leg(host), addresses, now);
        return step(now);
    }

    /** The look-up is over without an answer. */
    public List<Move> lookUpFailed(HostPort host, long now) {
        hosts.leg(host).lookingUp = false;
        return step(now);
    }

    /** TCP is connected. */
    public List<Move> connected(Entrant entrant, long now) {
        if (entrant.is(State.DIALLING)) {
            entrant.state = State.RESERVE;
            entrant.tcpTook = now - entrant.dialledAt;
            if (goesOn(now) && opensAtOnce(entrant, now)) {
                openSession(entrant, now);
            } else {
                pace.joined(now, roster.waiting(), hosts.shareEnd(now));
            }
        }
        return step(now);
    }

    /** The attempt failed, in whatever phase. */
    public List<Move> failed(Entrant entrant, Setback setback, long now) {
        if (entrant.holdsSocket()) {
            switch (setback) {
                case ADDRESS -> leaveOrRest(entrant, now);
                case HOST -> hostAnswered(entrant);
                case STARTING_UP -> rest(entrant, now);
            }
            pace.hurry();
        }
        return step(now);
    }

    /** The session is usable; {@code preferred} tells whether its role is the one that is wanted most. */
    public List<Move> usable(Entrant entrant, boolean preferred, long now) {
        if (entrant.is(State.SESSION)) {
            if (preferred) {
                win(entrant);
            } else if (fallback == null) {
                fallback = entrant;
                entrant.state = State.FALLBACK;
                settlesAt = now + (deadline - now) / 2;
                pace.hurry();
            } else {
                drop(entrant, Reason.LOST, State.DONE);
                pace.hurry();
            }
        }
        return step(now);
    }

    /** The caller does not wait any longer. */
    public List<Move> abandon() {
        if (verdict == Verdict.RUNNING) {
            end(Verdict.ABANDONED, Reason.ABANDONED);
        }
        return drain();
    }

    // ---- what it has come to ------------------------------------------------------------------

    /** How the race stands. */
    public Verdict verdict() {
        return verdict;
    }

    /** Who has won; null unless {@link Verdict#WON}. */
    public @Nullable Entrant winner() {
        return winner;
    }

    /** When {@link #tick} is wanted next, at the latest. */
    public long nextTick(long now) {
        long next = Math.min(deadline, settlesAt);
        next = Math.min(next, hosts.nextOpening(fallback != null));
        next = Math.min(next, hosts.nextOverdueLookUp(rules.dnsPatience()));
        for (Entrant entrant : roster.in(State.RESTING)) {
            next = Math.min(next, entrant.restsUntil);
        }
        return next(now) == null ? next : Math.min(next, dueAt(now));
    }

    // ---- rules --------------------------------------------------------------------------------

    private List<Move> step(long now) {
        if (verdict == Verdict.RUNNING) {
            if (goesOn(now)) {
                advance(now);
            } else if (fallback != null) {
                win(fallback);
            } else {
                end(Verdict.EXPIRED, Reason.EXPIRED);
            }
        }
        return drain();
    }

    /** If not, nothing is started any more: the step that follows decides the race. */
    private boolean goesOn(long now) {
        return now < deadline && (fallback == null || now < settlesAt);
    }

    private void advance(long now) {
        hosts.openDue(now, fallback != null, leg -> begin(leg, now));
        hosts.overdueLookUps(now, rules.dnsPatience(), this::askForLastAnswer);
        roster.select(e -> e.is(State.RESTING) && now >= e.restsUntil).forEach(e -> dial(e, now));
        startDue(now);
        if (hosts.exhausted(fallback != null)) {
            concludeOrGoRoundAgain(now);
        }
    }

    private void begin(Leg leg, long now) {
        if (leg.direct) {
            enter(leg, null, now);
        } else {
            moves.add(new Move.LookUp(leg.host));
        }
    }

    private void askForLastAnswer(Leg leg) {
        leg.askedForLastAnswer = true;
        moves.add(new Move.UseLastAnswer(leg.host));
    }

    private void join(Leg leg, List<InetAddress> addresses, long now) {
        if (verdict != Verdict.RUNNING || leg.answeredForAll) {
            return;
        }
        for (InetAddress address : addresses) {
            if (leg.entrants.stream().noneMatch(e -> address.equals(e.address()))) {
                enter(leg, address, now);
            }
        }
        pace.joined(now, roster.waiting(), hosts.shareEnd(now));
    }

    private void enter(Leg leg, @Nullable InetAddress address, long now) {
        if (leg.entrants.isEmpty()) {
            boolean room = rules.racing() && roster.sessions() < rules.maxSessions();
            pace.turn(room ? now : Math.max(now, leg.placeAt));
        }
        claims.grant(roster.enter(leg, address), now, hosts.shareEnd(now));
    }

    private void startDue(long now) {
        for (Entrant next = next(now); next != null && now >= dueAt(now); next = next(now)) {
            reportSilence(now);
            if (!rules.racing()) {
                roster.select(Entrant::live).forEach(e -> drop(e, Reason.GAVE_WAY, State.GAVE_WAY));
            }
            if (next.is(State.RESERVE)) {
                openSession(next, now);
            } else {
                dial(next, now);
            }
            pace.started(now, roster.waiting(), hosts.shareEnd(now));
        }
    }

    private long dueAt(long now) {
        return pace.dueAt(now, roster.all(), hosts.shareEnd(now));
    }

    /** Who starts next; those only who are owed time once there is none to lose, but for a place that is free. */
    private @Nullable Entrant next(long now) {
        Entrant next = first(e -> true);
        boolean costsNobody = next != null && next.is(State.RESERVE) && roster.sessions() < rules.maxSessions();
        if (next == null || costsNobody || next.owed(now) > 0) {
            return next;
        }
        boolean noTimeToLose = now >= claims.latestStart(now, hosts.shareEnd(now));
        Entrant owed = noTimeToLose ? first(e -> e.owed(now) > 0) : null;
        return owed == null ? next : owed;
    }

    /** Who has TCP already, else the first untried address of the host opened last. */
    private @Nullable Entrant first(Predicate<Entrant> which) {
        Entrant first = null;
        for (Entrant entrant : roster.all()) {
            if (entrant.is(State.RESERVE) && mayOpen(entrant) && which.test(entrant)) {
                return entrant;
            }
            if (entrant.is(State.UNTRIED) && which.test(entrant) && (first == null || openedLater(entrant, first))) {
                first = entrant;
            }
        }
        return first;
    }

    private boolean openedLater(Entrant one, Entrant other) {
        return hosts.leg(one.host()).openedAt > hosts.leg(other.host()).openedAt;
    }

    private boolean mayOpen(Entrant entrant) {
        return !entrant.tried || roster.sessions() < rules.maxSessions();
    }

    /** Who was called as company goes on without being called again, if there is a place. */
    private boolean opensAtOnce(Entrant entrant, long now) {
        if (roster.sessions() == 0) {
            return true;
        }
        return entrant.company && (roster.sessions() < rules.maxSessions() || givesWay(whoGivesWay(now), entrant, now));
    }

    /** To one who is owed time: once it is owed none itself. To others: only if it is silent or was there before. */
    private boolean givesWay(Entrant session, Entrant to, long now) {
        return session.owed(now) == 0
                && (to.owed(now) > 0 || pace.silent(session, now) || session.openedAt <= to.dialledAt);
    }

    private void dial(Entrant entrant, long now) {
        List<Entrant> dialling = roster.in(State.DIALLING);
        if (dialling.size() >= RaceRules.MAX_DIALLING) {
            Entrant oldest = dialling.stream()
                    .min(Comparator.<Entrant, Boolean>comparing(e -> e.owed(now) > 0)
                            .thenComparing(e -> e.dialledAt))
                    .orElseThrow();
            drop(oldest, Reason.GAVE_WAY, State.GAVE_WAY);
        }
        entrant.company = roster.sessions() > 0;
        entrant.state = State.DIALLING;
        entrant.dialledAt = now;
        moves.add(new Move.Dial(entrant));
    }

    private void openSession(Entrant entrant, long now) {
        if (!mayOpen(entrant)) {
            return;
        }
        if (roster.sessions() >= rules.maxSessions()) {
            drop(whoGivesWay(now), Reason.GAVE_WAY, State.GAVE_WAY);
        }
        entrant.state = State.SESSION;
        entrant.tried = true;
        entrant.openedAt = now;
        moves.add(new Move.OpenSession(entrant));
    }

    /** The oldest silent session, or the oldest if all of them talk; who is owed time comes last. */
    private Entrant whoGivesWay(long now) {
        return roster.in(State.SESSION).stream()
                .min(Comparator.<Entrant, Boolean>comparing(e -> e.owed(now) > 0)
                        .thenComparing(e -> !pace.silent(e, now))
                        .thenComparing(e -> e.openedAt))
                .orElseThrow();
    }

    private void reportSilence(long now) {
        for (Entrant session : roster.select(e -> e.is(State.SESSION) && !e.silenceReported && pace.silent(e, now))) {
            session.silenceReported = true;
            moves.add(new Move.ReportSilence(session, now - pace.heard(session)));
        }
    }

    private void hostAnswered(Entrant entrant) {
        entrant.state = State.DONE;
        Leg leg = hosts.leg(entrant.host());
        leg.answeredForAll = true;
        leg.lookingUp = false;
        for (Entrant other : leg.entrants) {
            if (other != entrant && !other.is(State.FALLBACK)) {
                drop(other, Reason.HOST_ANSWERED, State.DONE);
            }
        }
    }

    /** Who said that it is shutting down or starting up, and then is not there, is in the middle of a restart. */
    private void leaveOrRest(Entrant entrant, long now) {
        if (entrant.rests > 0) {
            rest(entrant, now);
        } else {
            entrant.state = State.DONE;
        }
    }

    private void rest(Entrant entrant, long now) {
        entrant.state = State.RESTING;
        entrant.claim = 0;
        entrant.rests++;
        entrant.restsUntil = now + RaceRules.restAfter(entrant.rests);
    }

    /**
     * Who gave way has not failed: with time left and nobody else to try, it comes back. With a session in hand
     * nobody waits for a server that starts up: that may take minutes, and the driver does not wait either.
     */
    private void concludeOrGoRoundAgain(long now) {
        List<Entrant> again = roster.in(State.GAVE_WAY);
        if (fallback != null) {
            win(fallback);
        } else if (again.isEmpty()) {
            if (roster.count(State.RESTING) == 0) {
                end(Verdict.FAILED, Reason.LOST);
            }
        } else {
            again.forEach(this::standAgain);
            startDue(now);
        }
    }

    private void standAgain(Entrant entrant) {
        entrant.state = State.UNTRIED;
        entrant.claim = 0;
    }

    private void win(Entrant entrant) {
        winner = entrant;
        entrant.state = State.DONE;
        end(Verdict.WON, Reason.LOST);
    }

    private void end(Verdict how, Reason reason) {
        verdict = how;
        roster.all().forEach(e -> drop(e, reason, State.DONE));
    }

    private void drop(Entrant entrant, Reason reason, State after) {
        if (entrant.holdsSocket()) {
            moves.add(new Move.Drop(entrant, reason));
        }
        entrant.state = after;
    }

    private List<Move> drain() {
        List<Move> drained = List.copyOf(moves);
        moves.clear();
        return drained;
    }

    @Override
    public String toString() {
        return verdict + " " + Objects.toString(winner, "") + " " + roster;
    }
}
