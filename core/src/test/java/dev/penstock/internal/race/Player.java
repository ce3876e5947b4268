package dev.penstock.internal.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.internal.race.Behaviour.Session;
import dev.penstock.internal.race.Race.Verdict;
import dev.penstock.internal.target.HostPort;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Plays one {@link Script}: brings the race its events in the order of time, and ticks when the race has
 * asked for it, no sooner and no later, as the caller's thread does. A {@link Referee} watches.
 */
final class Player {
    /** More than any race needs; a busy loop would need more. */
    private static final int STEPS = 20_000;

    private final Script script;
    private final Race race;
    private final Referee referee;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.<Event>comparingLong(Event::at).thenComparing(Event::number));
    private final Map<Entrant, Tracks> tracks = new HashMap<>();

    private long now;
    private long wakesAt;
    private long numbers;

    private record Event(long at, long number, BooleanSupplier counts, Supplier<List<Move>> moves) {}

    /** Of one entrant: the number of its present try, and its session in that. */
    private static final class Tracks {
        int round;
        long openedAt;
        Session session;
    }

    Player(Script script) {
        this.script = script;
        this.race = new Race(script.rules(), script.course(), this::lastHeard);
        this.referee = new Referee(script, race);
    }

    Played play() {
        if (script.abandonedAt != Script.NEVER) {
            after(script.abandonedAt, () -> true, race::abandon);
        }
        wake();
        for (int steps = 0; race.verdict() == Verdict.RUNNING; steps++) {
            assertThat(steps).as("steps of a race that should be over").isLessThan(STEPS);
            Event next = events.peek();
            if (next != null && next.at() <= wakesAt) {
                happen(events.remove());
            } else {
                now = wakesAt;
                wake();
            }
        }
        return referee.finish(now);
    }

    private void happen(Event event) {
        probeUntil(event.at());
        now = event.at();
        if (event.counts().getAsBoolean()) {
            carryOut(event.moves().get());
            if (race.verdict() == Verdict.RUNNING && race.nextTick(now) < wakesAt) {
                wake();
            }
        }
    }

    /** As the caller's thread: ticks until nothing is to be done, then sleeps until the next tick. */
    private void wake() {
        for (List<Move> moves = race.tick(now); !moves.isEmpty(); moves = race.tick(now)) {
            carryOut(moves);
        }
        if (race.verdict() == Verdict.RUNNING) {
            wakesAt = race.nextTick(now);
            assertThat(wakesAt).as("next tick, at %s: %s", now, race).isGreaterThan(now);
            if (events.isEmpty() || events.peek().at() > wakesAt) {
                probeUntil(wakesAt);
            }
        }
    }

    private void probeUntil(long end) {
        if (script.probeEvery > 0 && race.verdict() == Verdict.RUNNING) {
            for (long at = now + script.probeEvery; at < end; at += script.probeEvery) {
                now = at;
                assertThat(race.tick(at))
                        .as("moves at %s ms, though the next tick was announced for %s ms", at / 1e6, wakesAt / 1e6)
                        .isEmpty();
            }
        }
    }

    private void carryOut(List<Move> moves) {
        for (Move move : moves) {
            referee.saw(move, now);
            if (move instanceof Move.LookUp lookUp) {
                lookUp(script.hosts.get(lookUp.host()));
            } else if (move instanceof Move.UseLastAnswer last) {
                useLastAnswer(last.host());
            } else if (move instanceof Move.Dial dial) {
                dial(dial.entrant());
            } else if (move instanceof Move.OpenSession open) {
                open(open.entrant());
            } else if (move instanceof Move.Drop drop) {
                tracks(drop.entrant()).round++;
            }
        }
    }

    private void lookUp(Script.Host host) {
        after(
                host.answersAfter,
                () -> true,
                () -> host.found ? race.resolved(host.host, host.answer(), now) : race.lookUpFailed(host.host, now));
    }

    private void useLastAnswer(HostPort host) {
        if (!script.hosts.get(host).lastAnswer.isEmpty()) {
            carryOut(race.lastAnswer(host, script.hosts.get(host).lastAnswer, now));
        }
    }

    private void dial(Entrant entrant) {
        Behaviour behaviour = script.behaviourOf(entrant);
        int round = ++tracks(entrant).round;
        after(behaviour.tcpAfter(), () -> tracks(entrant).round == round, () -> {
            if (behaviour.accepts()) {
                referee.connected(entrant);
                return race.connected(entrant, now);
            }
            return failed(entrant, Setback.ADDRESS);
        });
    }

    private void open(Entrant entrant) {
        Tracks own = tracks(entrant);
        own.openedAt = now;
        own.session = script.behaviourOf(entrant).session().apply((long) Script.millis(now));
        int round = own.round;
        after(own.session.endsAfter(), () -> own.round == round, () -> {
            if (own.session.end().usable()) {
                boolean preferred = own.session.end() == Behaviour.End.PREFERRED;
                referee.usable(entrant, now);
                return race.usable(entrant, preferred, now);
            }
            return failed(entrant, Setback.valueOf(own.session.end().name()));
        });
    }

    private List<Move> failed(Entrant entrant, Setback setback) {
        tracks(entrant).round++;
        referee.failed(entrant);
        return race.failed(entrant, setback, now);
    }

    private void after(double millis, BooleanSupplier counts, Supplier<List<Move>> moves) {
        if (millis != Script.NEVER) {
            events.add(new Event(now + Script.nanos(millis), numbers++, counts, moves));
        }
    }

    private long lastHeard(Entrant entrant) {
        Tracks own = tracks.get(entrant);
        if (own == null || own.session == null || own.session.byteEvery() == Script.NEVER) {
            return Long.MIN_VALUE;
        }
        long every = Script.nanos(own.session.byteEvery());
        return now - (now - own.openedAt) % every;
    }

    private Tracks tracks(Entrant entrant) {
        return tracks.computeIfAbsent(entrant, e -> new Tracks());
    }
}
