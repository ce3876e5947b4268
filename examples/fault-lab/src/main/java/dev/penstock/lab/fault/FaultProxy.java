package dev.penstock.lab.fault;

import dev.penstock.lab.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A TCP proxy in this JVM that misbehaves on demand.
 *
 * <p>{@link #behave} decides about connections made from then on; those that are open are stalled, resumed and reset by
 * {@link #stallOpen}, {@link #resumeOpen} and {@link #resetOpen}. Thread-safe. Two daemon threads per connection, all
 * named {@code lab-…}.
 */
public final class FaultProxy implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final InetAddress address;
    private final int port;
    private final @Nullable InetSocketAddress target;
    private final ListeningPort listening; // guarded by this
    private final Queue<Link> links = new ConcurrentLinkedQueue<>(); // the oldest first
    private final AtomicInteger accepted = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Behaviour behaviour;
    private volatile @Nullable Link last;

    private FaultProxy(InetAddress address, int port, @Nullable InetSocketAddress target, Behaviour behaviour) {
        this.address = address;
        this.port = port;
        this.target = target;
        this.behaviour = behaviour;
        this.listening = new ListeningPort(address, port, this::admit);
    }

    /** Passes what comes to a free port of 127.0.0.1 on to {@code target}. */
    public static FaultProxy to(InetSocketAddress target) {
        return anyPort(Loopback.address(1), target);
    }

    /** The same on another address. */
    public static FaultProxy anyPort(InetAddress address, InetSocketAddress target) {
        return at(address, Loopback.freePort(), target);
    }

    /** The same on another address and a given port. */
    public static FaultProxy at(InetAddress address, int port, InetSocketAddress target) {
        return new FaultProxy(address, port, target, Behaviour.pass()).behave(Behaviour.pass());
    }

    /** A server of its own, for behaviours that need nobody behind them. */
    static FaultProxy alone(InetAddress address, int port, Behaviour behaviour) {
        return new FaultProxy(address, port, null, behaviour).behave(behaviour);
    }

    /** Changes what happens to connections made from now on. */
    public synchronized FaultProxy behave(Behaviour wanted) {
        if (wanted.needsTarget() && target == null) {
            throw new IllegalArgumentException("behaviour must not need a server behind it, but was " + wanted);
        }
        if (closed.getCount() == 0) {
            throw new IllegalStateException(this + " is closed");
        }
        behaviour = wanted;
        try {
            listening.answer(wanted.answer());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot " + wanted + " at " + address + ":" + port, e);
        }
        return this;
    }

    /** Counted before it is served, so that nobody who was answered finds it missing from the count. */
    private void admit(Socket client) throws InterruptedException {
        Behaviour now = behaviour;
        Link link = new Link("proxy-" + port + "-" + (accepted() + 1), client, target, links::remove);
        links.add(link);
        last = link;
        try {
            if (closed.await(now.acceptDelay().toNanos(), TimeUnit.NANOSECONDS)) {
                link.reset();
            } else {
                accepted.incrementAndGet();
                link.start(now);
            }
        } catch (InterruptedException e) {
            link.reset();
            throw e;
        }
    }

    public Behaviour behaviour() {
        return behaviour;
    }

    public InetAddress address() {
        return address;
    }

    public int port() {
        return port;
    }

    public InetSocketAddress socketAddress() {
        return new InetSocketAddress(address, port);
    }

    /** How many connections were accepted so far. */
    public int accepted() {
        return accepted.get();
    }

    /** How many of them neither side has left. */
    public int openConnections() {
        return links.size();
    }

    /**
     * How many bytes the client of the latest connection was sent: after a connect under {@link Behaviour#pass()}, the
     * length of the handshake, hence the range of {@link Behaviour#stallAfter}.
     */
    public long bytesFromServer() {
        Link link = last;
        return link == null ? 0 : link.bytesFromServer();
    }

    /** How many bytes of the latest connection reached the server. */
    public long bytesFromClient() {
        Link link = last;
        return link == null ? 0 : link.bytesFromClient();
    }

    /** Waits up to 10 s until that many connections were accepted in all. */
    public void awaitAccepted(int count) {
        Await.until(count + " connections accepted by " + this, PATIENCE, () -> accepted() >= count);
    }

    /** Waits up to 10 s until exactly that many connections are open. */
    public void awaitOpenConnections(int count) {
        Await.until(count + " open connections at " + this, PATIENCE, () -> openConnections() == count);
    }

    /** Carries no more bytes of open connections; both sides stay connected. */
    public void stallOpen() {
        links.forEach(Link::stall);
    }

    /** As {@link #stallOpen}, of the connection only that was opened first. */
    public void stallOldest() {
        links.stream().limit(1).forEach(Link::stall);
    }

    /** Undoes {@link #stallOpen}; what was sent meanwhile arrives now. */
    public void resumeOpen() {
        links.forEach(Link::resume);
    }

    /** Resets all open connections, on both sides. */
    public void resetOpen() {
        links.forEach(Link::reset);
    }

    /** Stops listening, resets what is open, ends the threads. Calling it again does nothing. */
    @Override
    public void close() {
        closed.countDown();
        closeListener();
        List<Thread> threads = new ArrayList<>();
        for (Link link : links) {
            threads.addAll(link.threads());
            link.reset();
        }
        Daemons.join(threads);
    }

    private synchronized void closeListener() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return "fault proxy " + address.getHostAddress() + ":" + port + " (" + behaviour + ", accepted " + accepted
                + ", open " + links.size() + ")";
    }
}
