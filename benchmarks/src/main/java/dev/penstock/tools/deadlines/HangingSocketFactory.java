package dev.penstock.tools.deadlines;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.SocketFactory;

/**
 * A user's own socket factory that hangs before it has made a socket, where nobody can close anything. pgjdbc makes
 * it by its class name, hence public.
 */
public final class HangingSocketFactory extends SocketFactory {
    private static final Map<String, CountDownLatch> HELD = new ConcurrentHashMap<>();
    private static final AtomicLong NUMBERS = new AtomicLong();

    private final CountDownLatch released;

    /** Hangs until the hold of that key is released. */
    public HangingSocketFactory(String key) {
        CountDownLatch latch = HELD.get(key);
        released = latch == null ? new CountDownLatch(0) : latch;
    }

    /** Lets go of everybody who hangs, at {@link #close}. */
    record Hold(String key) implements AutoCloseable {
        @Override
        public void close() {
            CountDownLatch latch = HELD.remove(key);
            if (latch != null) {
                latch.countDown();
            }
        }
    }

    /** A key for {@code socketFactoryArg} that makes factories hang. */
    static Hold hold() {
        String key = "hold-" + NUMBERS.incrementAndGet();
        HELD.put(key, new CountDownLatch(1));
        return new Hold(key);
    }

    @Override
    public Socket createSocket() throws IOException {
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while hanging");
        }
        throw new SocketException("released after hanging");
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return createSocket();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return createSocket();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return createSocket();
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
            throws IOException {
        return createSocket();
    }
}
