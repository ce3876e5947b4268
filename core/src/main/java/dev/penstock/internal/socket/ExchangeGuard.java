package dev.penstock.internal.socket;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.net.SocketException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what is done to a session because of one exchange from hitting the next one. One word holds the number of the
 * latest exchange and whether somebody has laid a hand on it: the next exchange begins, or a hand is laid on this one,
 * by one compare-and-set, so that only one of them happens. While it is held the next exchange waits. Thread-safe.
 */
final class ExchangeGuard {
    private static final long STATE = 3;
    private static final long OPEN = 0;
    private static final long HELD = 1;
    private static final long OVER = 2;

    private static final long A_MOMENT = 500_000;
    /** Some 15 s: nobody holds it for longer than a cancel request may take. */
    private static final int MOST_MOMENTS = 30_000;

    private static final VarHandle WORD = word();

    /** Number of the exchange, times four, and the state. */
    private volatile long word;

    /** Makes what everybody is told; written before the state is OVER. */
    private volatile @Nullable Supplier<? extends SocketException> reason;

    /** Whether the socket is closed: then there is nothing to wait for. */
    private volatile boolean closed;

    // ---- by the thread that uses the session ----------------------------------------------------

    /**
     * The next exchange begins; waits while the one before is held.
     *
     * @throws SocketException if the session was ended, or its socket is closed while it is held: TLS says good-bye on
     *     a socket that was closed below it, and whoever closes must not wait
     */
    void enter(long exchange) throws SocketException {
        long before = word;
        if ((before & STATE) != OPEN || !WORD.compareAndSet(this, before, exchange << 2)) {
            enterSlowly(exchange);
        }
    }

    private void enterSlowly(long exchange) throws SocketException {
        long before;
        do {
            awaitRelease();
            before = word;
            if ((before & STATE) == OVER) {
                throw over();
            }
            if (closed) {
                throw new SocketException("Socket closed");
            }
        } while ((before & STATE) == HELD || !WORD.compareAndSet(this, before, exchange << 2));
    }

    /** Waits while it is held and its socket open; an interrupt is kept for whoever waits next. */
    void awaitRelease() {
        boolean interrupted = false;
        for (int i = 0; i < MOST_MOMENTS && isHeld() && !closed; i++) {
            LockSupport.parkNanos(this, A_MOMENT);
            interrupted |= Thread.interrupted();
        }
        long held = word;
        if ((held & STATE) == HELD && !closed) {
            // whoever holds it is gone: what he began may still be under way, so nothing may follow
            boolean unused = WORD.compareAndSet(this, held, held - HELD + OVER);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** What everybody is told who uses it after its end. */
    SocketException over() {
        Supplier<? extends SocketException> known = reason;
        return known == null
                ? new SocketException("Penstock ended the session: a cancel request for it never came back")
                : known.get();
    }

    // ---- by whoever enforces --------------------------------------------------------------------

    /** Lays a hand on that exchange; false if it is not the latest, or somebody else has. */
    boolean hold(long exchange) {
        return WORD.compareAndSet(this, exchange << 2, (exchange << 2) + HELD);
    }

    /** Lets go of it; by whoever holds it. */
    void release(long exchange) {
        boolean unused = WORD.compareAndSet(this, (exchange << 2) + HELD, exchange << 2);
    }

    /** The socket was closed. */
    void closed() {
        closed = true;
    }

    /** Nothing follows it; by whoever holds it, or for him. False if it has been over. */
    synchronized boolean end(long exchange, Supplier<? extends SocketException> because) {
        long held = (exchange << 2) + HELD;
        if (word != held) {
            return false; // the reason is that of another end, or of none
        }
        reason = because;
        return WORD.compareAndSet(this, held, (exchange << 2) + OVER);
    }

    // ---- by anybody -----------------------------------------------------------------------------

    /** Whether that is the latest exchange; zero: none has begun. */
    boolean isAt(long exchange) {
        return word >>> 2 == exchange;
    }

    /** Whether nobody has laid a hand on it; one volatile read. */
    boolean isOpen() {
        return (word & STATE) == OPEN;
    }

    private boolean isHeld() {
        return (word & STATE) == HELD;
    }

    boolean isOver() {
        return (word & STATE) == OVER;
    }

    private static VarHandle word() {
        try {
            return MethodHandles.lookup().findVarHandle(ExchangeGuard.class, "word", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
