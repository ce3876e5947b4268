package dev.penstock.internal.socket;

import dev.penstock.internal.time.Ticker;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The socket that pgjdbc talks through. It stamps what passes ({@link Stamps}), under TLS as well, because the driver
 * lays TLS over it, and shows the bytes to a {@link Traffic} observer while the session is being opened.
 *
 * <p>A plain {@link Socket} on purpose: the socket of a SocketChannel dies when the thread that reads
 * it is interrupted.
 */
public final class StampedSocket extends Socket {
    private final ExchangeGuard guard = new ExchangeGuard();

    /** Not private: tests have it stamped without a network. */
    final Stamps stamps;

    /** Set before the first byte, cleared when the session is open; null costs one read per call. */
    private volatile @Nullable Traffic traffic;

    /** Told whenever the read timeout is set and of the end; null unless a pool's set-up is being watched. */
    private volatile @Nullable Watcher watcher;

    /** Has the last word on the read timeout; null: whoever sets it. Written before {@link #wantedReadTimeout}. */
    private volatile @Nullable IntUnaryOperator readTimeouts;

    private volatile int wantedReadTimeout;

    /** Takes it over from whoever closes it while the other side has not answered; null: nobody does. */
    private volatile @Nullable Consumer<StampedSocket> heir;

    private volatile boolean inherited;

    /** Whether the end of the stream was read. */
    private volatile boolean ended;

    /** Whether somebody was told why it was ended. */
    private volatile boolean told;

    /** Is told what happens to a socket; called on whatever thread does it. */
    public interface Watcher {
        /** The read timeout is now this many milliseconds; zero: none. */
        void readTimeoutChanged(int millis);

        /** The socket was closed. */
        void closed();
    }

    /** Unconnected; nothing heard so far counts as heard now. */
    public StampedSocket(Ticker ticker, @Nullable Traffic traffic) {
        this.stamps = new Stamps(ticker, guard);
        this.traffic = traffic;
    }

    /** Ticker time of the last byte from the server, or of the creation of the socket. */
    public long lastHeardNanos() {
        return stamps.lastHeardNanos();
    }

    /** Ticker time of its last use: a byte either way, or the end of a read that brought none. */
    public long lastUsedNanos() {
        return stamps.lastUsedNanos();
    }

    /** What is seen on it now; null if that cannot be said at this moment, as while it is being closed. */
    public @Nullable SocketPicture picture() {
        return stamps.picture();
    }

    /** Whether anything was ever sent. */
    public boolean hasSent() {
        return !guard.isAt(0);
    }

    /** Whether the other side has ended the stream, and somebody has read so. */
    public boolean hasEnded() {
        return ended;
    }

    /** Whether the other side has sent something that nobody has read yet. */
    public boolean hasUnread() {
        try {
            return super.getInputStream().available() > 0;
        } catch (IOException e) {
            return false;
        }
    }

    // ---- enforcement ---------------------------------------------------------------------------

    /**
     * Lays a hand on that exchange: until {@link #release} or {@link #end} the next one waits. False if it is not the
     * latest, or somebody else has.
     */
    public boolean hold(long exchange) {
        return guard.hold(exchange);
    }

    /** Lets go of it; by whoever holds it. */
    public void release(long exchange) {
        guard.release(exchange);
    }

    /**
     * Closes the socket; by whoever holds that exchange. Whoever reads or writes is told why, or else whoever does so
     * next: until then the socket says that it is open, lest the driver refuse by itself without a reason.
     *
     * @param because makes what each of them is told
     * @return whether this ended it
     */
    public boolean end(long exchange, Supplier<? extends SocketException> because) {
        boolean ends = guard.end(exchange, because);
        if (ends) {
            try {
                close();
            } catch (IOException e) {
                // it is closed all the same
            }
        }
        return ends;
    }

    /** Whether it was ended. */
    public boolean isOver() {
        return guard.isOver();
    }

    /** Whether nobody has laid a hand on it; one volatile read. */
    public boolean isFree() {
        return guard.isOpen();
    }

    /** Waits while somebody has. */
    public void awaitRelease() {
        guard.awaitRelease();
    }

    @Override
    public boolean isClosed() {
        return super.isClosed() && (told || !guard.isOver());
    }

    /** What is thrown in the place of a failure. */
    private IOException tell(IOException failure) {
        if (!guard.isOver()) {
            return failure;
        }
        told = true;
        return guard.over();
    }

    private SocketException tellSocket(SocketException failure) {
        return tell(failure) instanceof SocketException socket ? socket : failure;
    }

    // ---- what the driver does --------------------------------------------------------------------

    /** The session is open: nobody looks at its bytes any more. */
    public void stopObserving() {
        traffic = null;
    }

    /** Who knows from now on whether a transaction is open; asked at the first write of each exchange. */
    public void attach(BooleanSupplier inTransaction) {
        stamps.attach(inTransaction);
    }

    /**
     * Whoever closes it before the other side has ended the stream only hands it over: to this, which has it {@link
     * #closeNow closed} some time later.
     */
    public void inheritedBy(Consumer<StampedSocket> takesOver) {
        heir = takesOver;
    }

    /** Has it watched, or no longer (null). */
    public void watch(@Nullable Watcher watcher) {
        this.watcher = watcher;
    }

    /**
     * Lets somebody shorten read timeouts from now on: given the one that is set, in milliseconds, it says which
     * counts. {@link #getSoTimeout} goes on to answer what was set.
     */
    public void limitReads(IntUnaryOperator limits) {
        try {
            wantedReadTimeout = super.getSoTimeout();
            readTimeouts = limits;
        } catch (SocketException e) {
            // closed meanwhile: nobody reads any more
        }
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // as above
    public int getSoTimeout() throws SocketException {
        try {
            int inForce = super.getSoTimeout();
            return readTimeouts == null ? inForce : wantedReadTimeout;
        } catch (SocketException e) {
            throw tellSocket(e);
        }
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // the super call is; the watcher has its own lock
    public void setSoTimeout(int millis) throws SocketException {
        IntUnaryOperator limits = readTimeouts;
        try {
            super.setSoTimeout(limits == null ? millis : limits.applyAsInt(millis));
        } catch (SocketException e) {
            throw tellSocket(e);
        }
        wantedReadTimeout = millis;
        stamps.readTimeoutSet();
        Watcher told = watcher;
        if (told != null) {
            told.readTimeoutChanged(millis);
        }
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // as above
    public void close() throws IOException {
        Consumer<StampedSocket> takesOver = heir;
        if (takesOver == null || !hasSent() || ended) {
            closeNow();
        } else if (!inherited) {
            inherited = true; // the driver closes its streams and then the socket: that is once
            takesOver.accept(this);
        }
    }

    /** As {@link #close}, also by whoever has inherited it. */
    public void closeNow() throws IOException {
        guard.closed();
        try {
            super.close();
        } finally {
            Watcher told = watcher;
            if (told != null) {
                told.closed();
            }
        }
    }

    @Override
    public InputStream getInputStream() throws IOException {
        try {
            return new StampedInput(super.getInputStream());
        } catch (SocketException e) {
            throw tell(e);
        }
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        try {
            return new StampedOutput(super.getOutputStream());
        } catch (SocketException e) {
            throw tell(e);
        }
    }

    private void received(byte[] bytes, int offset, int count) {
        stamps.heard(ReadyForQuery.endOf(bytes, offset, count));
        Traffic observer = traffic;
        if (observer != null) {
            observer.received(bytes, offset, count);
        }
    }

    private final class StampedInput extends InputStream {
        private final InputStream in;

        StampedInput(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = -1;
            boolean timeIsUp = false;
            stamps.readBegins();
            try {
                count = in.read(bytes, offset, length);
            } catch (SocketTimeoutException e) {
                timeIsUp = true;
                throw e;
            } catch (IOException e) {
                throw tell(e);
            } finally {
                if (count <= 0) {
                    stamps.heardNothing(timeIsUp);
                }
            }
            if (count > 0) {
                received(bytes, offset, count);
            } else if (count < 0) {
                ended = true;
            }
            return count;
        }

        @Override
        public int available() throws IOException {
            try {
                return in.available();
            } catch (IOException e) {
                throw tell(e);
            }
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    private final class StampedOutput extends OutputStream {
        private final OutputStream out;

        StampedOutput(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            Traffic observer = traffic;
            if (observer != null) {
                observer.sent(bytes, offset, length);
            }
            try {
                stamps.writeBegins();
            } catch (SocketException e) {
                throw tell(e);
            }
            try {
                out.write(bytes, offset, length);
            } catch (IOException e) {
                throw tell(e);
            } finally {
                stamps.writeEnds(length);
            }
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
