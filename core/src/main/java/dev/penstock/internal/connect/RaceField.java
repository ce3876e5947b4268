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

    // guarded by lock
    private final Race race;
    /** What the rules themselves have thrown, a fault of ours or no memory left: it is the caller's to throw. */
    private @Nullable Throwable fault;

    private final Map<Entrant, Attempt> attempts = new HashMap<>();
    /** Whatever may still have a socket open, should a move that closes it get lost. */
    private final List<Attempt> unclosed = new ArrayList<>();

    private final AttemptLog log = new AttemptLog();
    private final Caller caller;

    /**
     * Made by the caller.
     *
     * @param inTheCallersStead run now and then, and whenever a tick is due, while the caller is at work
     */
    RaceField(
            RaceRules rules,
            Course course,
            Deadline deadline,
            Function<Entrant, Attempt> newAttempt,
            Runnable inTheCallersStead) {
        this.deadline = deadline;
        this.caller = new Caller(lock.newCondition(), inTheCallersStead);
        this.newAttempt = newAttempt;
        this.race = new Race(rules, course, this::lastHeard);
    }

    /**
     * The caller stays here until the race is decided: it waits until the next tick, or does what has been
     * left to it.
     */
    void awaitVerdict(Consumer<List<Task>> carryOut) throws InterruptedException {
        try {
            stay(carryOut);
        } finally {
            lock.lock();
            try {
                caller.gone();
            } finally {
                lock.unlock();
            }
        }
    }

    private void stay(Consumer<List<Task>> carryOut) throws InterruptedException {
        while (true) {
            List<Task> tasks;
            Runnable work = null;
            lock.lockInterruptibly();
            try {
                throwFault();
                tasks = run(Race::tick);
                if (tasks.isEmpty()) {
                    if (decided()) {
                        return;
                    }
                    long now = deadline.elapsedNanos();
                    work = caller.workOrWait(now, race.nextTick(now));
                }
            } finally {
                lock.unlock();
            }
            carryOut.accept(tasks);
            if (work != null) {
                doCallersWork(work);
            }
        }
    }

    private void doCallersWork(Runnable work) {
        try {
            work.run();
        } finally {
            lock.lock();
            try {
                caller.back();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Leaves a piece of work to the caller, if it has nothing better to do: saves two thread hand-overs. */
    boolean leaveToCaller(Runnable work) {
        lock.lock();
        try {
            return caller.takes(work);
        } finally {
            lock.unlock();
        }
    }

    /** Whether the caller was told not to wait any longer; at work it does not notice. */
    boolean callerIsInterrupted() {
        return caller.isInterrupted();
    }

    /** The tick that the caller, which is at work, cannot make; if it was told not to wait any longer, the end. */
    List<Task> tickForCaller() {
        lock.lock();
        try {
            if (!caller.isWorking()) {
                caller.keepAlarm();
                return List.of();
            }
            throwFault(); // to whoever closes everything, which frees the caller
            List<Task> tasks = run(caller.isInterrupted() ? (race, now) -> race.abandon() : Race::tick);
            if (!decided()) {
                long now = deadline.elapsedNanos();
                caller.setAlarm(race.nextTick(now), now);
            }
            return tasks;
        } finally {
            lock.unlock();
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
            List<Task> tasks = run(event);
            unclosed.remove(attempt);
            return tasks;
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
            Attempt taken = winner == null ? null : attempts.remove(winner);
            unclosed.remove(taken);
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Something has failed that must not: what the rules think is not to be trusted any more. */
    void broken(Throwable why) {
        lock.lock();
        try {
            fault(why);
        } finally {
            lock.unlock();
        }
    }

    /** Takes everybody off the field; what they do from now on goes unheard. */
    List<Attempt> clear() {
        lock.lock();
        try {
            List<Attempt> all = List.copyOf(unclosed);
            unclosed.clear();
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
        if (fault != null) {
            return List.of(); // what the rules think is not to be trusted any more
        }
        try {
            long now = deadline.elapsedNanos();
            List<Task> tasks = book(event.tell(race, now), now);
            if (decided()) {
                caller.wake();
            } else {
                caller.wakeBy(race.nextTick(now), now);
            }
            return tasks;
        } catch (RuntimeException | Error e) {
            fault(e);
            throw e;
        }
    }

    private void fault(Throwable what) {
        fault = fault == null ? what : fault;
        caller.wake();
    }

    private void throwFault() {
        if (fault instanceof Error error) {
            throw error;
        } else if (fault instanceof RuntimeException exception) {
            throw exception;
        }
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
            unclosed.add(attempt);
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
