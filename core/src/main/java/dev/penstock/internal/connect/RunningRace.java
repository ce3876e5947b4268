package dev.penstock.internal.connect;

import dev.penstock.ConnectAttempt;
import dev.penstock.ConnectOutcome;
import dev.penstock.ConnectPhase;
import dev.penstock.Credentials;
import dev.penstock.PenstockListener.AttemptEnded;
import dev.penstock.PenstockListener.SessionSilent;
import dev.penstock.PenstockListener.StaleAnswerUsed;
import dev.penstock.PhaseTime;
import dev.penstock.internal.race.Race;
import dev.penstock.internal.race.Setback;
import dev.penstock.internal.resolve.StaleAnswer;
import dev.penstock.internal.session.OpenedSession;
import dev.penstock.internal.target.HostPort;
import dev.penstock.internal.time.ContextLoader;
import dev.penstock.internal.time.Deadline;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A race with its threads and sockets.
 *
 * <p>The caller stays in {@link #run}: where it can wait for sockets of ours alone it dials and opens the first
 * session itself, else it waits while others do. Workers dial and open what has to be done beside it; resolver
 * threads bring addresses. Whoever brings an event runs the rules on the {@link RaceField} and carries out what
 * comes of it, so a healthy connect costs no thread and no hand-over where it can wait for sockets alone, and one
 * hand-over to a worker and back elsewhere.
 */
final class RunningRace {
    private final ConnectRoute route;
    private final long number;
    private final Deadline deadline;
    private final RaceField field;
    private final LookUps lookUps;
    private final ContextLoader caller = ContextLoader.ofCaller();

    /** Written by the caller before it starts anything. */
    private @Nullable Credentials credentials;

    /** What it has come to; {@code winner} is null unless the verdict is WON, and then it is established. */
    record Result(Race.Verdict verdict, @Nullable Attempt winner, List<ConnectAttempt> attempts) {}

    RunningRace(ConnectRoute route, long number, Deadline deadline) {
        this.route = route;
        this.number = number;
        this.deadline = deadline;
        this.lookUps = new LookUps(route.resolver, deadline);
        this.field = new RaceField(
                route.rules,
                route.memory.course(deadline.limit()),
                deadline,
                entrant -> new Attempt(route, entrant, deadline, lookUps.took(entrant.host())),
                this::standInForCaller);
    }

    // ---- the caller ---------------------------------------------------------------------------

    /** Runs the race until it is decided. */
    void run(@Nullable Credentials forSession) throws InterruptedException {
        credentials = forSession;
        field.awaitVerdict(this::carryOut);
    }

    /** The race is off before it has begun: there are no credentials to run it with. */
    void endBeforeStart(ConnectAttempt why) {
        field.note(why);
        abandon();
    }

    /** Decides the race from outside. */
    void abandon() {
        carryOut(field.post((race, now) -> race.abandon()));
    }

    /** Closes everything, though the rules themselves may have failed half-way; the caller gets no result. */
    void breakOff() {
        try {
            abandon();
        } finally {
            lookUps.underWay().forEach(lookUps::end);
            field.clear().forEach(Attempt::giveUp);
        }
    }

    /** What the decided race has come to; called once. */
    Result finish() {
        Race.Verdict verdict = field.verdict();
        lookUps.underWay().forEach(host -> endLookUp(host, verdict));
        Attempt winner = field.takeWinner();
        if (winner != null) {
            handOver(winner);
        }
        return new Result(verdict, winner, field.ended());
    }

    private void endLookUp(HostPort host, Race.Verdict verdict) {
        long startedAt = lookUps.end(host);
        if (startedAt != LookUps.NONE && verdict == Race.Verdict.EXPIRED) {
            field.note(lookUpEnded(host, startedAt, ConnectOutcome.TIMED_OUT, null));
        }
    }

    private void handOver(Attempt winner) {
        if (!winner.handOver.establish()) {
            throw new IllegalStateException("connect " + number + " was won by a closed session: " + winner.entrant);
        }
        route.memory.connected(winner.entrant, winner.session().role());
        ConnectAttempt end = winner.endedAs(ConnectOutcome.CONNECTED, deadline.elapsedNanos());
        field.note(end);
        tell(end);
    }

    // ---- tasks --------------------------------------------------------------------------------

    private void carryOut(List<Task> tasks) {
        close(tasks);
        tasks.forEach(this::carryOut);
    }

    /**
     * Before anybody is told anything: a caller at work is freed by that, whatever a listener does. The latest
     * first, because what the caller works on is the earliest, and it may be gone once that is closed.
     */
    private void close(List<Task> tasks) {
        for (int i = tasks.size() - 1; i >= 0; i--) {
            if (tasks.get(i) instanceof Task.GiveUp giveUp) {
                if (giveUp.overtaken()) {
                    route.memory.overtaken(giveUp.attempt().entrant);
                }
                route.memory.failed(giveUp.attempt().entrant, giveUp.end().outcome());
                giveUp.attempt().giveUp();
            }
        }
    }

    /** As above; true if the worker that works on {@code own} is to go on with its session. */
    private boolean carryOut(List<Task> tasks, Attempt own) {
        boolean goOn = false;
        close(tasks);
        for (Task task : tasks) {
            if (task instanceof Task.Open open && open.attempt() == own) {
                goOn = true;
            } else {
                carryOut(task);
            }
        }
        return goOn;
    }

    private void carryOut(Task task) {
        if (task instanceof Task.LookUp lookUp) {
            lookUp(lookUp.host());
        } else if (task instanceof Task.UseLastAnswer last) {
            useLastAnswer(last.host());
        } else if (task instanceof Task.Dial dial) {
            onSomeThread(dial.attempt(), () -> dial(dial.attempt()));
        } else if (task instanceof Task.Open open) {
            onSomeThread(open.attempt(), () -> openSession(open.attempt()));
        } else if (task instanceof Task.ReportSilence silence) {
            reportSilence(silence.attempt(), silence.silentNanos());
        } else if (task instanceof Task.GiveUp giveUp) {
            tell(giveUp.end());
        }
    }

    private void lookUp(HostPort host) {
        caller.lentTo(() ->
                        lookUps.start(host, (addresses, failure) -> guarded(() -> answered(host, addresses, failure))))
                .run();
    }

    private void answered(HostPort host, @Nullable List<InetAddress> addresses, @Nullable Throwable failure) {
        if (addresses == null) {
            notResolved(host, Objects.requireNonNull(failure));
        } else {
            resolved(host, addresses);
        }
    }

    private void resolved(HostPort host, List<InetAddress> addresses) {
        lookUps.known(host);
        lookUps.end(host);
        route.lastAnswers.remember(host.host(), addresses);
        List<InetAddress> ordered = route.memory.order(host, addresses);
        carryOut(field.post((race, now) -> race.resolved(host, ordered, now)));
    }

    private void notResolved(HostPort host, Throwable failure) {
        long startedAt = lookUps.end(host);
        if (startedAt != LookUps.NONE) {
            route.memory.notFound(host);
            field.note(lookUpEnded(host, startedAt, ConnectOutcome.UNREACHABLE, failure));
            carryOut(field.post((race, now) -> race.lookUpFailed(host, now)));
        }
    }

    private ConnectAttempt lookUpEnded(
            HostPort host, long startedAt, ConnectOutcome outcome, @Nullable Throwable cause) {
        Duration took = Duration.ofNanos(deadline.elapsedNanos() - startedAt);
        return new ConnectAttempt(
                host.toString(),
                null,
                ConnectPhase.DNS,
                outcome,
                Duration.ofNanos(startedAt),
                took,
                List.of(new PhaseTime(ConnectPhase.DNS, took)),
                null,
                cause);
    }

    private void useLastAnswer(HostPort host) {
        StaleAnswer stale = route.lastAnswers.answerFor(host.host(), route.settings.dnsMaxStale());
        if (stale != null) {
            StaleAnswerUsed event = new StaleAnswerUsed(
                    route.name,
                    number,
                    host.host(),
                    stale.age(),
                    stale.addresses().size());
            lookUps.known(host);
            route.listeners.tell(l -> l.staleAnswerUsed(event));
            List<InetAddress> ordered = route.memory.order(host, stale.addresses());
            carryOut(field.post((race, now) -> race.lastAnswer(host, ordered, now)));
        }
    }

    private void reportSilence(Attempt attempt, long silentNanos) {
        SessionSilent event = new SessionSilent(
                route.name,
                number,
                attempt.entrant.host().toString(),
                attempt.addressOrHost(),
                Duration.ofNanos(silentNanos));
        route.listeners.tell(l -> l.sessionSilent(event));
    }

    private void tell(ConnectAttempt end) {
        AttemptEnded event = new AttemptEnded(route.name, number, end);
        route.listeners.tell(l -> l.attemptEnded(event));
    }

    // ---- dialling and opening sessions --------------------------------------------------------

    /** The caller's own if it would only wait, and if closing our sockets is sure to free it. */
    private void onSomeThread(Attempt attempt, Runnable work) {
        boolean ourSockets = attempt.entrant.address() != null && route.target.waitsForSocketsAlone(credentials);
        if (!ourSockets || !field.leaveToCaller(work)) {
            onWorker(attempt, work);
        }
    }

    private void onWorker(Attempt attempt, Runnable work) {
        try {
            Workers.run(caller.lentTo(() -> guarded(work)));
        } catch (RuntimeException | Error e) { // no thread to be had: a failed attempt like any other
            failed(attempt, e);
        }
    }

    private void dial(Attempt attempt) {
        try {
            attempt.dial();
        } catch (Throwable e) { // the user's socket factory and the driver's plug-ins may throw anything
            failed(attempt, e);
            return;
        }
        if (carryOut(field.postOf(attempt, (race, now) -> race.connected(attempt.entrant, now)), attempt)) {
            openSession(attempt);
        }
    }

    private void openSession(Attempt attempt) {
        OpenedSession session;
        try {
            session = attempt.open(credentials, route.firstLine);
        } catch (Throwable e) {
            failed(attempt, e);
            return;
        }
        RoleFit fit = RoleFit.of(route.target.targetRole(), session.role());
        if (fit == RoleFit.WRONG) {
            route.memory.wrongRole(attempt.entrant, session.role());
            ended(attempt, attempt.endedAs(ConnectOutcome.WRONG_ROLE, deadline.elapsedNanos()), Setback.ADDRESS);
        } else {
            boolean preferred = fit == RoleFit.PREFERRED;
            if (!preferred) {
                // known of the loser too, or the next connect would prefer it to the winner as yet unknown
                route.memory.wrongRole(attempt.entrant, session.role());
            }
            carryOut(field.postOf(attempt, (race, now) -> race.usable(attempt.entrant, preferred, now)));
        }
    }

    /** What the caller, at work, cannot do itself; on the timer thread, which is to do no more than look. */
    private void standInForCaller() {
        guarded(() -> {
            List<Task> tasks = field.tickForCaller();
            if (!tasks.isEmpty()) {
                onWorkerOrHere(() -> carryOut(tasks));
            }
        });
    }

    /** Sockets have to be closed even if there is no thread to be had, though listeners hold the timer up then. */
    private void onWorkerOrHere(Runnable work) {
        Runnable task = caller.lentTo(() -> guarded(work));
        try {
            Workers.run(task);
        } catch (RuntimeException | Error e) {
            task.run();
        }
    }

    /** If the rules fail, the caller is freed, and finds the same fault. */
    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            field.broken(e);
            breakOff();
            throw e;
        }
    }

    private void failed(Attempt attempt, Throwable failure) {
        if (field.callerIsInterrupted()) {
            abandon(); // and not the server's fault: an interrupt closes what a virtual thread reads from
        }
        ConnectAttempt end = attempt.failedBy(failure, deadline.elapsedNanos());
        ended(attempt, end, setbackOf(end.outcome()));
    }

    /** An attempt has ended by itself. If the race was first, it has only to be closed. */
    private void ended(Attempt attempt, ConnectAttempt end, Setback setback) {
        List<Task> tasks = field.end(attempt, end, (race, now) -> race.failed(attempt.entrant, setback, now));
        attempt.giveUp();
        if (tasks != null) {
            route.memory.failed(attempt.entrant, end.outcome());
            close(tasks);
            tell(end);
            tasks.forEach(this::carryOut);
        }
    }

    private static Setback setbackOf(ConnectOutcome outcome) {
        return switch (outcome) {
            case REJECTED, SERVER_FULL -> Setback.HOST;
            case STARTING_UP -> Setback.STARTING_UP;
            default -> Setback.ADDRESS;
        };
    }
}
