package dev.penstock.internal.connect;

import dev.penstock.ConnectAttempt;
import dev.penstock.ConnectFailure;
import dev.penstock.ConnectOutcome;
import dev.penstock.ConnectPhase;
import dev.penstock.Credentials;
import dev.penstock.PenstockListener.ConnectEnded;
import dev.penstock.PenstockListener.ConnectStarted;
import dev.penstock.PenstockListener.ConnectSucceeded;
import dev.penstock.PenstockListener.SetupExpired;
import dev.penstock.PhaseTime;
import dev.penstock.internal.failure.FailureClass;
import dev.penstock.internal.race.Race;
import dev.penstock.internal.session.Dialer;
import dev.penstock.internal.session.SetupWatch;
import dev.penstock.internal.time.Deadline;
import java.net.SocketException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One connect from the call to the connection or the exception: credentials, race, hand-over. */
final class ConnectRun {
    private final ConnectRoute route;
    private final long number;
    private final Deadline deadline;
    private final RunningRace race;

    private volatile @Nullable String abandonedBecause;
    private volatile @Nullable CompletableFuture<Credentials> askedFor;

    ConnectRun(ConnectRoute route, long number, Deadline deadline) {
        this.route = route;
        this.number = number;
        this.deadline = deadline;
        this.race = new RunningRace(route, number, deadline);
    }

    /** Ends it from outside; the caller gets an exception that says why. */
    void abandon(String because) {
        abandonedBecause = because;
        race.abandon();
        CompletableFuture<Credentials> asked = askedFor;
        if (asked != null) {
            asked.cancel(false);
        }
    }

    Connection get(ConnectOrder order) throws SQLException {
        route.listeners.tell(l -> l.connectStarted(new ConnectStarted(route.name, number, deadline.limit())));
        RunningRace.Result result = run(order.given());
        Attempt winner = result.winner();
        return winner == null ? fail(result) : deliver(winner, result, order);
    }

    private RunningRace.Result run(@Nullable Credentials given) {
        try {
            CredentialsDesk desk = route.credentials;
            race.run(desk == null ? given : fetchFrom(desk));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            abandon("the calling thread was interrupted");
        } catch (TimeoutException e) {
            race.endBeforeStart(noCredentials(null));
        } catch (ExecutionException e) {
            race.endBeforeStart(noCredentials(e.getCause()));
        } catch (CancellationException e) {
            race.abandon();
        } catch (RuntimeException | Error e) {
            // a fault of ours or no memory left: nothing may stay behind
            race.breakOff();
            throw e;
        }
        return race.finish();
    }

    private Credentials fetchFrom(CredentialsDesk desk)
            throws InterruptedException, TimeoutException, ExecutionException {
        CompletableFuture<Credentials> asked = desk.ask();
        askedFor = asked;
        if (abandonedBecause != null) {
            asked.cancel(false);
        }
        return asked.get(Math.max(0, deadline.remainingNanos()), TimeUnit.NANOSECONDS);
    }

    private ConnectAttempt noCredentials(@Nullable Throwable cause) {
        Duration took = deadline.elapsed();
        return new ConnectAttempt(
                route.target.describe(),
                null,
                ConnectPhase.CREDENTIALS,
                ConnectOutcome.NO_CREDENTIALS,
                Duration.ZERO,
                took,
                List.of(new PhaseTime(ConnectPhase.CREDENTIALS, took)),
                cause == null ? null : FailureClass.sqlState(cause),
                cause);
    }

    private Connection deliver(Attempt winner, RunningRace.Result result, ConnectOrder order) {
        Dialer.Watch watch = winner.source.watch();
        if (watch != null) {
            watch.socket().stopObserving();
            if (order.readTimeouts() != null) {
                watch.socket().limitReads(order.readTimeouts().get());
            }
            if (order.watchSetup()) {
                watchSetup(watch, winner.address());
            }
        }
        Connection connection = winner.session().connection();
        route.handOut(winner.session(), winner.source, winner.address());
        route.listeners.tell(l -> l.connectSucceeded(new ConnectSucceeded(
                route.name,
                number,
                winner.entrant.host().toString(),
                winner.address(),
                deadline.elapsed(),
                result.attempts())));
        return connection;
    }

    private void watchSetup(Dialer.Watch watch, @Nullable String address) {
        try {
            // a probe's own deadline would be short for a set-up
            SetupWatch.over(watch.socket(), deadline.of(route.settings.deadline()), had -> {
                SetupExpired event = new SetupExpired(route.name, address, had);
                // not here: this is the timer thread, which keeps the time of others
                Workers.run(() -> route.listeners.tell(l -> l.setupExpired(event)));
            });
        } catch (SocketException e) {
            // closed by the server meanwhile: the pool's set-up finds out by itself
        }
    }

    private Connection fail(RunningRace.Result result) throws SQLException {
        boolean expired = result.verdict() == Race.Verdict.EXPIRED;
        SQLException failure = route.failed(result.attempts(), deadline, expired, abandonedBecause)
                .toException();
        route.listeners.tell(l -> l.connectFailed(new ConnectEnded(route.name, number, (ConnectFailure) failure)));
        throw failure;
    }
}
