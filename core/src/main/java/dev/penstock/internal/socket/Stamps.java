package dev.penstock.internal.socket;

import dev.penstock.internal.time.Ticker;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.net.SocketException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * When what passed over a socket. An <em>exchange</em> begins with the first write after a byte from the server and
 * lasts until the next one begins; whether a transaction is open is asked at that write, because only there the start
 * of a transaction is exact.
 *
 * <p>Each direction is stamped by one thread at a time and read by any: a change lies between two stores of a counter
 * that is odd meanwhile, and a reader takes nothing that it has not found unchanged on both sides (as an optimistic
 * read of a StampedLock). Nobody waits for a lock and nothing is allocated in stamping.
 */
final class Stamps {
    /** Within one answer the driver reads on at once, pauses of the garbage collector included. */
    static final long PAUSE_WITHIN_AN_ANSWER = 1_000_000_000L;

    /**
     * Of fewer bytes than the driver's buffer holds: the last write of a request, which a read follows at once. What it
     * takes is counted with that read, which saves a look at the clock in each round trip.
     */
    static final int A_WHOLE_BUFFER = 8_192;

    private static final int TRIES = 500;
    private static final long A_MOMENT = 1_000;
    private static final VarHandle SENDING = handle("sending");
    private static final VarHandle READING = handle("reading");
    private static final VarHandle LAST_HEARD = handle("lastHeard");
    private static final VarHandle LAST_READ = handle("lastRead");
    private static final VarHandle LAST_SENT = handle("lastSent");

    private final Ticker ticker;
    private final ExchangeGuard guard;

    private volatile BooleanSupplier transaction = () -> false;

    // by whoever writes; changed between two stores of the counter
    private long sending;
    private long exchange;
    private long begunAt;
    private long outsideTransactionAt;
    private boolean insideWrite;
    private long writeBegunAt;
    /** Inside the writes of this exchange that are over. */
    private long writing;

    private long lastSent;

    // by whoever reads; likewise
    private long reading;
    private boolean insideRead;
    private long readBegunAt;
    private @Nullable Thread reader;
    /** Inside the reads of exchange {@link #readIn} that are over. */
    private long waiting;

    private long readIn;
    private long lastHeard;

    @SuppressWarnings("UnusedVariable") // through LAST_READ
    private long lastRead;

    private long heardIn;
    private long overIn;

    /** How the latest bytes have ended an answer, see {@link ReadyForQuery}. */
    private byte ended;

    /** In which exchange a read timeout was set; by whoever sets it. */
    private volatile long timed = -1;

    /** The creation counts as the latest byte each way. */
    Stamps(Ticker ticker, ExchangeGuard guard) {
        this.ticker = ticker;
        this.guard = guard;
        long now = ticker.nanos();
        begunAt = now;
        outsideTransactionAt = now;
        lastSent = now;
        lastHeard = now;
        lastRead = now;
        overIn = -1;
    }

    /**
     * Who knows whether a transaction is open; asked by whoever looks, and at the first write of an exchange where the
     * server's own word was not seen.
     */
    void attach(BooleanSupplier inTransaction) {
        transaction = inTransaction;
    }

    // ---- by the thread that uses the socket ----------------------------------------------------

    /** Waits while an exchange must not begin; throws if none must. */
    void writeBegins() throws SocketException {
        boolean first = heardIn == exchange;
        if (first) {
            guard.enter(exchange + 1);
        }
        long now = ticker.nanos();
        boolean inTransaction = first && wasInTransaction();
        long step = begin(SENDING, sending);
        if (first) {
            exchange++;
            begunAt = now;
            writing = 0;
            if (!inTransaction) {
                outsideTransactionAt = now;
            }
        }
        insideWrite = true;
        writeBegunAt = now;
        end(SENDING, step);
    }

    void writeEnds(int bytes) {
        long now = bytes < A_WHOLE_BUFFER ? writeBegunAt : ticker.nanos();
        long step = begin(SENDING, sending);
        insideWrite = false;
        writing += now - writeBegunAt;
        LAST_SENT.setOpaque(this, now);
        end(SENDING, step);
    }

    void readBegins() {
        boolean answerIsDue = heardIn != exchange;
        boolean timed = wasTimed();
        // the first read of an answer follows the write at once: no need for the clock; COPY IN may have paused
        long now = answerIsDue && !timed ? lastSent : ticker.nanos();
        boolean over = !answerIsDue && (timed || now - lastHeard > PAUSE_WITHIN_AN_ANSWER);
        long step = begin(READING, reading);
        insideRead = true;
        readBegunAt = now;
        reader = Thread.currentThread();
        if (readIn != exchange) {
            readIn = exchange;
            waiting = 0;
        }
        if (over) {
            overIn = exchange;
        }
        end(READING, step);
    }

    /** Bytes have come; {@code end}: the state after the answer that they complete, or {@link ReadyForQuery#NONE}. */
    void heard(byte end) {
        long now = ticker.nanos();
        long step = begin(READING, reading);
        readEnds(now);
        LAST_HEARD.setOpaque(this, now);
        LAST_READ.setOpaque(this, now);
        heardIn = exchange;
        ended = end;
        if (end != ReadyForQuery.NONE) {
            overIn = exchange;
        }
        end(READING, step);
    }

    /** Nothing has come: the end of the stream, a failure, or the time was up. */
    void heardNothing(boolean timeIsUp) {
        long now = ticker.nanos();
        long step = begin(READING, reading);
        readEnds(now);
        LAST_READ.setOpaque(this, now);
        if (timeIsUp && heardIn == exchange) {
            overIn = exchange;
        }
        end(READING, step);
    }

    private void readEnds(long now) {
        insideRead = false;
        reader = null;
        waiting += now - readBegunAt;
    }

    /**
     * A read timeout was set. The driver does so before it waits for notifications, never within an answer.
     */
    void readTimeoutSet() {
        if (!insideRead) {
            timed = exchange;
        }
    }

    private boolean wasTimed() {
        return timed == exchange;
    }

    /** After the latest answer: as the server has just told, or else (TLS, notifications, COPY) as the driver knows. */
    private boolean wasInTransaction() {
        return ended == ReadyForQuery.NONE ? asked() : ended != ReadyForQuery.IDLE;
    }

    /** Not private: for tests. */
    boolean asked() {
        return transaction.getAsBoolean();
    }

    /** Odd from here on, whatever a second thread may have left behind. */
    private long begin(VarHandle counter, long value) {
        long odd = value | 1;
        counter.setOpaque(this, odd);
        VarHandle.storeStoreFence();
        return odd;
    }

    private void end(VarHandle counter, long odd) {
        counter.setRelease(this, odd + 1);
    }

    // ---- by anybody ----------------------------------------------------------------------------

    /** Time of the last byte from the server. */
    long lastHeardNanos() {
        return (long) LAST_HEARD.getOpaque(this);
    }

    /** When it was last in use: a byte either way, or the end of a read that brought none. */
    long lastUsedNanos() {
        long read = (long) LAST_READ.getOpaque(this);
        long sent = (long) LAST_SENT.getOpaque(this);
        return read - sent > 0 ? read : sent;
    }

    /**
     * All stamps of one moment; null if there was none to be had, because the thread that stamps was put to sleep in
     * the middle of a change. Waits for some 30 ms then, otherwise not at all.
     */
    @Nullable SocketPicture picture() {
        for (int i = 0; i < TRIES; i++) {
            long sent = (long) SENDING.getAcquire(this);
            long read = (long) READING.getAcquire(this);
            SocketPicture picture = ((sent | read) & 1) == 0 ? look() : null;
            VarHandle.acquireFence();
            if (picture != null && sent == (long) SENDING.getOpaque(this) && read == (long) READING.getOpaque(this)) {
                return picture;
            }
            LockSupport.parkNanos(A_MOMENT);
        }
        return null;
    }

    private SocketPicture look() {
        return new SocketPicture(
                exchange,
                begunAt,
                outsideTransactionAt,
                asked(),
                insideWrite,
                writeBegunAt,
                insideRead,
                readBegunAt,
                reader,
                (readIn == exchange ? waiting : 0) + writing,
                heardIn != exchange,
                heardIn == exchange && overIn == exchange,
                lastUsedNanos());
    }

    private static VarHandle handle(String field) {
        try {
            return MethodHandles.lookup().findVarHandle(Stamps.class, field, long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
