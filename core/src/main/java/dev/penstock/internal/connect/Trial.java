package dev.penstock.internal.connect;

import dev.penstock.ConnectAttempt;
import dev.penstock.ConnectOutcome;
import dev.penstock.ConnectTest;
import dev.penstock.Credentials;
import dev.penstock.internal.failure.CauseText;
import dev.penstock.internal.failure.Masking;
import dev.penstock.internal.race.Entrant;
import dev.penstock.internal.server.FirstLine;
import dev.penstock.internal.session.OpenedSession;
import dev.penstock.internal.target.HostPort;
import dev.penstock.internal.target.ServerRole;
import dev.penstock.internal.time.ContextLoader;
import dev.penstock.internal.time.Deadline;
import java.net.InetAddress;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One address of a connect test, or a host that comes to none. A worker opens a session and closes it again;
 * the test may give it up at any moment. Whoever is first says how it ended. Thread-safe.
 */
final class Trial {
    private final ConnectRoute route;
    private final Deadline deadline;
    private final Attempt attempt;
    private final AtomicReference<ConnectTest.@Nullable Result> result = new AtomicReference<>();

    /**
     * Begins now.
     *
     * @param address null where it is not ours to choose
     * @param share its own limit
     */
    Trial(ConnectRoute route, HostPort host, @Nullable InetAddress address, long lookUpNanos, Duration share) {
        this.route = route;
        this.deadline = Deadline.after(route.ticker, share);
        this.attempt = new Attempt(route, Entrant.alone(host, address), deadline, lookUpNanos);
    }

    /**
     * Has a worker do it.
     *
     * @param whenOver run by the worker when nothing is left open
     */
    void start(@Nullable Credentials credentials, ContextLoader loader, Runnable whenOver) {
        try {
            Workers.run(loader.lentTo(() -> {
                carryOut(credentials);
                whenOver.run();
            }));
        } catch (RuntimeException | Error e) { // no thread to be had: a failed attempt like any other
            end(attempt.failedBy(e, deadline.elapsedNanos()));
            whenOver.run();
        }
    }

    private void carryOut(@Nullable Credentials credentials) {
        try {
            attempt.dial();
            OpenedSession session = attempt.open(credentials, FirstLine.OFF);
            end(session);
            session.connection().close(); // a word to the server, which would log a broken connection otherwise
        } catch (Throwable e) { // the user's socket factory and the driver's plug-ins may throw anything
            end(attempt.failedBy(e, deadline.elapsedNanos()));
        } finally {
            attempt.giveUp();
        }
    }

    private void end(OpenedSession session) throws SQLException {
        String version = session.connection().getMetaData().getDatabaseProductVersion();
        boolean wrong = RoleFit.of(route.target.targetRole(), session.role()) == RoleFit.WRONG;
        ConnectOutcome outcome = wrong ? ConnectOutcome.WRONG_ROLE : ConnectOutcome.CONNECTED;
        ConnectAttempt end = attempt.endedAs(outcome, deadline.elapsedNanos());
        result.compareAndSet(null, result(end, version, role(session.role()), null));
    }

    private void end(ConnectAttempt end) {
        result.compareAndSet(null, result(end, null));
    }

    /** Closes everything; unless it has ended before, this is how. */
    void giveUp(ConnectOutcome outcome, @Nullable String why) {
        ConnectAttempt end = attempt.endedAs(outcome, deadline.elapsedNanos());
        result.compareAndSet(null, result(end, why));
        attempt.giveUp();
    }

    long remainingNanos() {
        return deadline.remainingNanos();
    }

    /** How it ended; null while it is under way. */
    ConnectTest.@Nullable Result result() {
        return result.get();
    }

    /** What to report of an attempt without a session. */
    static ConnectTest.Result result(ConnectAttempt end, @Nullable String why) {
        Throwable cause = end.cause();
        return result(end, null, null, cause == null ? why : CauseText.of(cause));
    }

    private static ConnectTest.Result result(
            ConnectAttempt end, @Nullable String version, @Nullable String role, @Nullable String message) {
        return new ConnectTest.Result(
                end.host(),
                end.address(),
                end.phase(),
                end.outcome(),
                end.elapsed(),
                end.phases(),
                end.sqlState(),
                message == null ? null : Masking.mask(message),
                version,
                role);
    }

    private static @Nullable String role(ServerRole role) {
        return role == ServerRole.ANY ? null : role.name().toLowerCase(Locale.ROOT);
    }
}
