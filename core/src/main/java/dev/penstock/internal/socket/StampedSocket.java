package dev.penstock.internal.socket;

import dev.penstock.internal.time.Ticker;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The socket that pgjdbc talks through. It stamps what passes ({@link Stamps}), under TLS as well, because the driver
 * lays TLS over it, and shows the bytes to a {@link Traffic} observer while the session is being opened.
 *
 * <p>A plain {@link Socket} on purpose: the socket of a SocketChannel dies when the thread that reads
 * it is interrupted.
 */
public final class StampedSocket extends Socket {
    /** Not private: tests have it stamped without a network. */
    final Stamps stamps;

    /** Set before the first byte, cleared when the session is open; null costs one read per call. */
    private volatile @Nullable Traffic traffic;

    /** Told whenever the read timeout is set and of the end; null unless a pool's set-up is being watched. */
    private volatile @Nullable Watcher watcher;

    /** Has the last word on the read timeout; null: whoever sets it. Written before {@link #wantedReadTimeout}. */
    private volatile @Nullable IntUnaryOperator readTimeouts;

    private volatile int wantedReadTimeout;

    /** Is told what happens to a socket; called on whatever thread does it. */
    public interface Watcher {
        /** The read timeout is now this many milliseconds; zero: none. */
        void readTimeoutChanged(int millis);

        /** The socket was closed. */
        void closed();
    }

    /** Unconnected; nothing heard so far counts as heard now. */
    public StampedSocket(Ticker ticker, @Nullable Traffic traffic) {
        this.stamps = new Stamps(ticker);
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

    /** The session is open: nobody looks at its bytes any more. */
    public void stopObserving() {
        traffic = null;
    }

    /** Who knows from now on whether a transaction is open; asked at the first write of each exchange. */
    public void attach(BooleanSupplier inTransaction) {
        stamps.attach(inTransaction);
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
        int inForce = super.getSoTimeout();
        return readTimeouts == null ? inForce : wantedReadTimeout;
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // the super call is; the watcher has its own lock
    public void setSoTimeout(int millis) throws SocketException {
        IntUnaryOperator limits = readTimeouts;
        super.setSoTimeout(limits == null ? millis : limits.applyAsInt(millis));
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
        return new StampedInput(super.getInputStream());
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new StampedOutput(super.getOutputStream());
    }

    private void received(byte[] bytes, int offset, int count) {
        stamps.heard(ReadyForQuery.ends(bytes, offset, count));
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
            } finally {
                if (count <= 0) {
                    stamps.heardNothing(timeIsUp);
                }
            }
            if (count > 0) {
                received(bytes, offset, count);
            }
            return count;
        }

        @Override
        public int available() throws IOException {
            return in.available();
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
            stamps.writeBegins();
            try {
                out.write(bytes, offset, length);
            } finally {
                stamps.writeEnds();
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
