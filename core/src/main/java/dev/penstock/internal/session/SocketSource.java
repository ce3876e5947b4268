package dev.penstock.internal.session;

import dev.penstock.ConnectPhase;
import dev.penstock.PhaseTime;
import dev.penstock.internal.socket.StampedSocket;
import dev.penstock.internal.time.Deadline;
import dev.penstock.internal.time.Timers;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Where one session's sockets come from, all pinned to the same address: first the one that was raced,
 * then, while the session is being opened, those for the driver's SSL or GSS reconnects under what is
 * left of the deadline, afterwards those for cancel requests. After expiry none.
 *
 * <p>Used by one thread while the session is opened; afterwards by whoever cancels. Thread-safe.
 */
public final class SocketSource {
    private final Dialer dialer;
    private final HandOver handOver;
    private final Deadline deadline;
    private final PhaseTimes times;

    /**
     * A cancel request has so long, from its connect to the server's end of stream. The driver's own limit
     * is ten seconds, spent on the one timer thread that all query timeouts of the JVM share.
     */
    private final Duration cancelLimit;

    private final LingeringCancels lingering;

    private @Nullable Socket raced; // guarded by this
    /** The cancel request that is to be told about; null: none. */
    private volatile @Nullable Watched watched;

    private volatile Dialer.@Nullable Watch watch;
    private volatile @Nullable Socket current;

    /**
     * Nothing dialled yet.
     *
     * @param times told of the phases as they begin
     * @param cancelLimit of each cancel request
     * @param lingering takes over those that are not answered within it
     */
    public SocketSource(
            Dialer dialer,
            HandOver handOver,
            Deadline deadline,
            PhaseTimes times,
            Duration cancelLimit,
            LingeringCancels lingering) {
        this.lingering = lingering;
        this.cancelLimit = cancelLimit;
        this.dialer = dialer;
        this.handOver = handOver;
        this.deadline = deadline;
        this.times = times;
    }

    /** Dials ahead of the driver, so that addresses can race before anybody speaks PostgreSQL. */
    public void dialAhead(long limitNanos) throws IOException {
        if (dialer.connects()) {
            Dialer.Dialled dialled = dial(limitNanos);
            synchronized (this) {
                raced = dialled.socket();
            }
        }
    }

    /** The next socket for the driver. */
    Socket next() throws IOException {
        if (handOver.established()) {
            return forCancelRequest();
        }
        Socket ahead = takeRaced();
        return ahead != null ? ahead : again();
    }

    /** The driver tries the same address once more, with encryption or without. */
    private Socket again() throws IOException {
        Socket socket = dial(deadline.remainingNanos()).socket();
        times.goOn();
        return socket;
    }

    private Socket forCancelRequest() throws IOException {
        Deadline limit = deadline.again(cancelLimit);
        Socket socket = dialer.dial(null, limit.remainingNanos()).socket();
        Watched mine = watched;
        if (mine != null && mine.sender == Thread.currentThread()) {
            mine.socket = socket;
        }
        if (socket instanceof StampedSocket ours) {
            freeReader(ours, limit);
        } else {
            closeAfter(socket, Math.max(0, limit.remainingNanos()));
        }
        return socket;
    }

    /**
     * Whoever waits for the server's end of stream waits no longer than that; the socket itself may stay for longer.
     */
    private void freeReader(StampedSocket socket, Deadline limit) throws SocketException {
        socket.limitReads(wanted -> {
            int left = (int) Math.max(1, limit.remainingNanos() / 1_000_000);
            return wanted == 0 ? left : Math.min(wanted, left);
        });
        socket.setSoTimeout(0);
        socket.inheritedBy(lingering::keep);
    }

    private static void closeAfter(Socket socket, long nanos) {
        Future<?> unused = Timers.schedule(() -> HandOver.closeQuietly(socket), nanos);
    }

    /** Sends a cancel request. */
    interface Cancel {
        void send() throws SQLException;
    }

    /** A cancel request of the thread that sends it; others may send theirs at the same time. */
    private static final class Watched {
        final Thread sender = Thread.currentThread();

        @Nullable Socket socket;

        CancelOutcome outcome() {
            if (socket == null) {
                return CancelOutcome.NOT_SENT;
            }
            if (!(socket instanceof StampedSocket sent)) {
                return CancelOutcome.LOST;
            }
            if (!sent.hasSent()) {
                return CancelOutcome.NOT_SENT;
            }
            return sent.hasEnded() ? CancelOutcome.DELIVERED : CancelOutcome.LOST;
        }
    }

    /** Has the calling thread send one; one at a time. */
    CancelOutcome watching(Cancel cancel) throws SQLException {
        Watched mine = new Watched();
        watched = mine;
        try {
            cancel.send();
            return mine.outcome();
        } finally {
            watched = null;
        }
    }

    private Dialer.Dialled dial(long limitNanos) throws IOException {
        if (handOver.expired() || deadline.expired()) {
            throw new SocketException("connect is over: nothing is opened after its deadline");
        }
        times.enter(ConnectPhase.TCP);
        Dialer.Dialled dialled = dialer.dial(handOver, limitNanos);
        times.pause();
        current = dialled.socket();
        Dialer.Watch watching = dialled.watch();
        if (watching != null) {
            watching.wire().timedBy(times);
        }
        watch = watching;
        return dialled;
    }

    private synchronized @Nullable Socket takeRaced() {
        Socket taken = raced;
        raced = null;
        return taken;
    }

    /** How far the session has come. */
    public ConnectPhase phase() {
        Dialer.Watch watching = watch;
        return watching == null ? phaseOfBorrowedSocket() : watching.wire().phase();
    }

    /** How far it had come when the driver gave up without an I/O error. */
    public ConnectPhase phaseOfRefusalByDriver() {
        Dialer.Watch watching = watch;
        return watching == null ? phaseOfBorrowedSocket() : watching.wire().phaseOfRefusalByDriver();
    }

    /**
     * How long each phase took, up to the one that it came to; nothing is known of a socket of the user's own.
     *
     * @param now time since the deadline was fixed, in nanoseconds
     */
    public List<PhaseTime> phases(ConnectPhase last, long now) {
        return dialer.connects() ? times.upTo(last, now) : List.of();
    }

    /** All that a socket of the user's own tells: whether it was ever connected. */
    private ConnectPhase phaseOfBorrowedSocket() {
        Socket socket = current;
        return socket != null && socket.isConnected() ? ConnectPhase.STARTUP : ConnectPhase.TCP;
    }

    /** What is seen on the current socket; null where it is not ours. */
    public Dialer.@Nullable Watch watch() {
        return watch;
    }

    /** The current socket below TLS, whosever it is; null before the first. */
    public @Nullable Socket rawSocket() {
        return current;
    }
}
