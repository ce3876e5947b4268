package dev.penstock.internal.connect;

import dev.penstock.ConnectAttempt;
import dev.penstock.ConnectOutcome;
import dev.penstock.ConnectPhase;
import dev.penstock.Credentials;
import dev.penstock.internal.failure.FailureClass;
import dev.penstock.internal.race.Entrant;
import dev.penstock.internal.server.FirstLine;
import dev.penstock.internal.session.Dialer;
import dev.penstock.internal.session.HandOver;
import dev.penstock.internal.session.OpenedSession;
import dev.penstock.internal.session.PhaseTimes;
import dev.penstock.internal.session.SocketSource;
import dev.penstock.internal.time.Deadline;
import java.io.IOException;
import java.net.InetAddress;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One try of one address: its sockets, its session, and what became of it. One thread at a time works on
 * it, a worker or the caller; the race decides over it and may give it up at any moment from another thread.
 */
final class Attempt {
    final Entrant entrant;
    final HandOver handOver = new HandOver();
    final SocketSource source;

    private final ConnectRoute route;
    private final Deadline deadline;
    private final PhaseTimes times;
    private final long startedAt;

    /** Set before the race hears of it, read by the caller after the race is won. */
    private volatile @Nullable OpenedSession session;

    private volatile boolean opening;

    /**
     * Begins now.
     *
     * @param lookUpNanos what the look-up of the host took, {@link LookUps#NONE} if there was none
     */
    Attempt(ConnectRoute route, Entrant entrant, Deadline deadline, long lookUpNanos) {
        this.route = route;
        this.entrant = entrant;
        this.deadline = deadline;
        this.startedAt = deadline.elapsedNanos();
        this.times = new PhaseTimes(deadline);
        if (lookUpNanos != LookUps.NONE) {
            times.add(ConnectPhase.DNS, lookUpNanos);
        }
        this.source = new SocketSource(
                route.dialers.of(entrant.host(), entrant.address()),
                handOver,
                deadline,
                times,
                route.cancelLimit,
                route.lingering);
    }

    void dial() throws IOException {
        source.dialAhead(route.dialers.limit(deadline));
    }

    /**
     * Opens the session; if the attempt was given up meanwhile, closes it again.
     *
     * @param line what sets its limits on the server
     */
    OpenedSession open(@Nullable Credentials credentials, FirstLine line) throws SQLException {
        opening = true;
        times.goOn();
        OpenedSession usable = route.opener.open(entrant.host(), source, credentials, line, addressOrHost());
        times.pause();
        session = usable;
        if (handOver.expired()) {
            usable.discard();
        }
        return usable;
    }

    /** Closes whatever it has open; nothing is opened afterwards. */
    void giveUp() {
        handOver.expire();
        OpenedSession usable = session;
        if (usable != null) {
            usable.discard();
        }
    }

    /** The session of a winner. */
    OpenedSession session() {
        OpenedSession usable = session;
        if (usable == null) {
            throw new IllegalStateException("no session yet: " + entrant);
        }
        return usable;
    }

    /** Race time of the last byte heard; long past where the socket is not ours to stamp. */
    long lastHeardAt() {
        Dialer.Watch watch = source.watch();
        return watch == null
                ? Long.MIN_VALUE
                : deadline.elapsedNanosAt(watch.socket().lastHeardNanos());
    }

    boolean startedBefore(Attempt other) {
        return startedAt < other.startedAt;
    }

    ConnectAttempt failedBy(Throwable failure, long now) {
        return record(phaseOf(failure), outcomeOf(failure), now, FailureClass.sqlState(failure), failure);
    }

    ConnectAttempt endedAs(ConnectOutcome outcome, long now) {
        return record(phase(), outcome, now, null, null);
    }

    /** Whatever the driver makes of it: once the deadline is over, it is the deadline that ended it. */
    private ConnectOutcome outcomeOf(Throwable failure) {
        return deadline.expired() ? ConnectOutcome.TIMED_OUT : FailureClass.of(failure);
    }

    private ConnectPhase phase() {
        return opening ? source.phase() : ConnectPhase.TCP;
    }

    /** The wire does not tell in which phase TLS failed: TLS 1.3 sends alerts in the guise of data. */
    private ConnectPhase phaseOf(Throwable failure) {
        if (opening && FailureClass.isTlsHandshake(failure)) {
            return ConnectPhase.TLS;
        }
        return opening && !FailureClass.isIo(failure) ? source.phaseOfRefusalByDriver() : phase();
    }

    private ConnectAttempt record(
            ConnectPhase phase,
            ConnectOutcome outcome,
            long now,
            @Nullable String sqlState,
            @Nullable Throwable cause) {
        return new ConnectAttempt(
                entrant.host().toString(),
                address(),
                phase,
                outcome,
                Duration.ofNanos(startedAt),
                Duration.ofNanos(now - startedAt),
                source.phases(phase, now),
                sqlState,
                cause);
    }

    /** Address and port; null where the address is not ours to choose. */
    @Nullable String address() {
        InetAddress address = entrant.address();
        return address == null ? null : entrant.host().at(address).toString();
    }

    String addressOrHost() {
        String address = address();
        return address == null ? entrant.host().toString() : address;
    }
}
