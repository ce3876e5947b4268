package dev.penstock.internal.connect;

import dev.penstock.ConnectAttempt;
import dev.penstock.ConnectOutcome;
import dev.penstock.internal.race.Course;
import dev.penstock.internal.race.Entrant;
import dev.penstock.internal.race.Move;
import dev.penstock.internal.race.Race;
import dev.penstock.internal.race.RaceRules;
import dev.penstock.internal.time.Deadline;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Race} and who is on the field, behind one lock: the only state that the threads of a connect
 * share. Under the lock the rules run and their moves are booked as {@link Task}s; nothing blocks and
 * nobody is told. Thread-safe.
 */
final class RaceField {
    /** Something that has happened, told to the race. */
    @FunctionalInterface
    interface Event {
        List<Move> tell(Race race, long now);
    }

    private final Deadline deadline;
    private final Function<Entrant, Attempt> newAttempt;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // guarded by lock
    private final Race race;
    private final Map<Entrant, Attempt> attempts = new HashMap<>();
    private final AttemptLog log = new AttemptLog();
    /** Race time at which the caller wakes by itself; an event that needs it earlier wakes it. */
    private long wakesAt = Long.MIN_VALUE;

    RaceField(RaceRules rules, Course course, Deadline deadline, Function<Entrant, Attempt> newAttempt) {
        this.deadline = deadline;
        this.newAttempt = newAttempt;
        this.race = new Race(rules, course, this::lastHeard);
    }

    /** The caller waits here until the race is decided, with its next tick as the alarm clock. */
    void awaitVerdict(Consumer<List<Task>> carryOut) throws InterruptedException {
        while (true) {
            List<Task> tasks;
            lock.lockInterruptibly();
            try {
                long now = deadline.elapsedNanos();
                tasks = book(race.tick(now), now);
                if (tasks.isEmpty()) {
                    if (decided()) {
                        return;
                    }
                    wakesAt = race.nextTick(now);
                    changed.awaitNanos(wakesAt - now);
                }
            } finally {
                wakesAt = Long.MIN_VALUE;
                lock.unlock();
            }
            carryOut.accept(tasks);
        }
    }

    /** Runs the rules on an event; what comes of it is for the calling thread to carry out. */
    List<Task> post(Event event) {
        lock.lock();
        try {
            return run(event);
        } finally {
            lock.unlock();
        }
    }

    /** As {@link #post}, unless the attempt has been ended. */
    List<Task> postOf(Attempt attempt, Event event) {
        lock.lock();
        try {
            return attempts.get(attempt.entrant) == attempt ? run(event) : List.of();
        } finally {
            lock.unlock();
        }
    }

    /** The attempt has ended by itself; null if the race had ended it before. */
    @Nullable List<Task> end(Attempt attempt, ConnectAttempt end, Event event) {
        lock.lock();
        try {
            if (!attempts.remove(attempt.entrant, attempt)) {
                return null;
            }
            log.add(end);
            return run(event);
        } finally {
            lock.unlock();
        }
    }

    /** Something for the report that no attempt of the race stands for. */
    void note(ConnectAttempt attempt) {
        lock.lock();
        try {
            log.add(attempt);
        } finally {
            lock.unlock();
        }
    }

    Race.Verdict verdict() {
        lock.lock();
        try {
            return race.verdict();
        } finally {
            lock.unlock();
        }
    }

    /** Takes the winner off the field; null unless the race is won. */
    @Nullable Attempt takeWinner() {
        lock.lock();
        try {
            Entrant winner = race.winner();
            return winner == null ? null : attempts.remove(winner);
        } finally {
            lock.unlock();
        }
    }

    /** Takes everybody off the field; what they do from now on goes unheard. */
    List<Attempt> clear() {
        lock.lock();
        try {
            List<Attempt> all = List.copyOf(attempts.values());
            attempts.clear();
            return all;
        } finally {
            lock.unlock();
        }
    }

    /** All attempts that have ended, in the order of their start. */
    List<ConnectAttempt> ended() {
        lock.lock();
        try {
            return log.inOrderOfStart();
        } finally {
            lock.unlock();
        }
    }

    // ---- with the lock held -------------------------------------------------------------------

    private List<Task> run(Event event) {
        long now = deadline.elapsedNanos();
        List<Task> tasks = book(event.tell(race, now), now);
        if (decided() || race.nextTick(now) < wakesAt) {
            changed.signal();
        }
        return tasks;
    }

    private boolean decided() {
        return race.verdict() != Race.Verdict.RUNNING;
    }

    private List<Task> book(List<Move> moves, long now) {
        if (moves.isEmpty()) {
            return List.of();
        }
        List<Task> tasks = new ArrayList<>(moves.size());
        for (Move move : moves) {
            tasks.add(book(move, now));
        }
        return tasks;
    }

    private Task book(Move move, long now) {
        if (move instanceof Move.LookUp lookUp) {
            return new Task.LookUp(lookUp.host());
        } else if (move instanceof Move.UseLastAnswer last) {
            return new Task.UseLastAnswer(last.host());
        } else if (move instanceof Move.Dial dial) {
            Attempt attempt = newAttempt.apply(dial.entrant());
            attempts.put(dial.entrant(), attempt);
            return new Task.Dial(attempt);
        } else if (move instanceof Move.OpenSession open) {
            return new Task.Open(attemptOf(open.entrant()));
        } else if (move instanceof Move.ReportSilence silence) {
            return new Task.ReportSilence(attemptOf(silence.entrant()), silence.silentNanos());
        } else if (move instanceof Move.Drop drop) {
            return bookDrop(drop, now);
        }
        throw new IllegalStateException("unknown move " + move);
    }

    private Task bookDrop(Move.Drop drop, long now) {
        Attempt attempt = attemptOf(drop.entrant());
        attempts.remove(drop.entrant());
        ConnectAttempt end = attempt.endedAs(outcomeOf(drop.reason()), now);
        log.add(end);
        Entrant winner = race.winner();
        boolean overtaken = winner != null && attempt.startedBefore(attemptOf(winner));
        return new Task.GiveUp(attempt, end, overtaken);
    }

    private static ConnectOutcome outcomeOf(Move.Reason reason) {
        return switch (reason) {
            case GAVE_WAY, EXPIRED -> ConnectOutcome.TIMED_OUT;
            case LOST, HOST_ANSWERED -> ConnectOutcome.LOST_RACE;
            case ABANDONED -> ConnectOutcome.ABANDONED;
        };
    }

    /** Who holds a socket has an attempt: the race drops nobody else, and an attempt ends in one place. */
    private Attempt attemptOf(Entrant entrant) {
        return Objects.requireNonNull(attempts.get(entrant), () -> "no attempt for " + entrant);
    }

    private long lastHeard(Entrant entrant) {
        Attempt attempt = attempts.get(entrant);
        return attempt == null ? Long.MIN_VALUE : attempt.lastHeardAt();
    }
}
